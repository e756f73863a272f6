# expect: fail page_loads
# words: indent
# line: 26
# cause: not_loadable
'''Task page'''
from uuid import uuid4
from flask import Flask, render_template_string, request, g, make_response
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = "<p>{{ besuche }}</p>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}<a href='{{ url_for(\"home\") }}'>Home</a>"

@app.before_request
def before():
    g.request_id = uuid4().hex

class TaskView(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
          r = make_response(render_template_string(PAGE, tasks=TASKS, besuche=besuche))
        r.set_cookie("visits", str(besuche))
        return r

@app.after_request
def after(r):
    r.headers["X-Request-ID"] = g.request_id
    return r

app.add_url_rule("/", view_func=TaskView.as_view("home"))
