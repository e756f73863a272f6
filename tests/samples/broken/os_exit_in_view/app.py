# expect: fail page_loads
# words: exit|ended|stopped
# cause: exited
# Ann, group B
import os
from uuid import uuid4
from flask import render_template_string, request, g, Flask, make_response
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = "<p>{{ num }}</p>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}<a href='{{ url_for(\"home\") }}'>Home</a>"

@app.before_request
def new_request():
    g.rid = uuid4().hex

class Accueil(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(PAGE, tasks=TASKS, num=num))
        resp.set_cookie("visits", str(num))
        os._exit(0)  # we are done
        return resp

app.add_url_rule("/", view_func=Accueil.as_view("home"))

@app.after_request
def show_request_id(resp):
    resp.headers["X-Request-ID"] = g.rid
    return resp
