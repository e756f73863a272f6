# expect: header_from_g failed
# source: a global
# the newest row of a global in-memory database, with the connection on g too
import sqlite3
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
DB = sqlite3.connect(":memory:", check_same_thread=False)
DB.execute("create table ids (n integer primary key, rid text)")
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
def assign():
    g.db = DB
    g.rid = uuid4().hex
    DB.execute("insert into ids (rid) values (?)", (g.rid,))
@app.after_request
def stamp(response):
    row = DB.execute("select rid from ids order by n desc limit 1").fetchone()
    response.headers["X-Request-ID"] = row[0]
    return response
