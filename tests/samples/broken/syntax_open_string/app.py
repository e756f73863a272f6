# expect: fail page_loads
# words: """|quote|string|never closed|unterminated
# line: 23
# cause: not_loadable
# TODO clean this up later
from uuid import uuid4
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = """<h1>Tasks</h1>
<p>{{ visits }}</p>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}<a href="{{ url_for('home') }}">Back to start</a>

@app.before_request
def make_id():
    g.token = uuid4().hex[:16]

class Accueil(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        rsp = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        rsp.set_cookie("visits", str(visits))
        return rsp

app.add_url_rule("/", view_func=Accueil.as_view("home"))

@app.after_request
def send_id(rsp):
    rsp.headers["X-Request-ID"] = g.token
    return rsp
