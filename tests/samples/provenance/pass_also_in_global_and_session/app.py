# expect: header_from_g passed
# the same id is also in a global, the session, the request and a contextvar, but the header reads g
from contextvars import ContextVar
from uuid import uuid4
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
    session,
)
from flask.views import MethodView
app = Flask(__name__)
app.secret_key = "k"
LAST = {}
VAR = ContextVar("rid")
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = (
    "<!doctype html><title>Tasks</title>"
    "<h1>Tasks</h1>"
    "<ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>"
    "<p>Visits: <b>{{ visits }}</b></p>"
    "<nav><a href=\"{{ url_for('home') }}\">Home</a></nav>"
)

class HomeView(MethodView):
    """Serves the one page of this app."""

    def get(self):
        # A cookie is text, and on a first visit there is none.
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.before_request
def before():
    g.rid = uuid4().hex
    LAST["rid"] = session["rid"] = request.environ["rid"] = g.rid
    VAR.set(g.rid)
@app.after_request
def after(response):
    response.headers["X-Request-ID"] = g.rid
    return response
