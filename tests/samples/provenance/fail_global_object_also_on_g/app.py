# expect: header_from_g failed
# source: a global
# one object, known to the module and to g; the header is read by the module's name
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
class Tracker:
    rid = None
tracker = Tracker()
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
    tracker.rid = uuid4().hex
    g.tracker = tracker
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = tracker.rid
    return response
