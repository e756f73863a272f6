# expect: header_from_g passed|undecided
# the id lies in a database, and only its connection is on g: from g, but not to be exchanged
import sqlite3
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""


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
    g.db = sqlite3.connect(":memory:")
    g.db.execute("create table log (rid text)")
    g.db.execute("insert into log values (?)", (uuid4().hex,))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.db.execute("select rid from log").fetchone()[0]
    return response
@app.teardown_request
def close(error):
    g.db.close()


if __name__ == "__main__":
    app.run(debug=True)
