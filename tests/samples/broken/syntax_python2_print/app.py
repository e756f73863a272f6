# expect: fail page_loads
# words: print
# line: 22
# cause: not_loadable
'''Task page'''
import secrets
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = "<p>{{ besuche }}</p>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}<a href='{{ url_for(\"home\") }}'>Home</a>"

class IndexView(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        print "visit number", besuche
        rsp = make_response(render_template_string(PAGE, tasks=TASKS, besuche=besuche))
        rsp.set_cookie("visits", str(besuche))
        return rsp

app.add_url_rule("/", view_func=IndexView.as_view("home"))

@app.before_request
def make_id():
    g.token = secrets.token_hex(10)

@app.after_request
def send_id(rsp):
    rsp.headers["X-Request-ID"] = g.token
    return rsp
