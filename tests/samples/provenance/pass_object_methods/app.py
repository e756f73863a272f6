# expect: header_from_g passed
# an object with private attributes and methods
import random
import string
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView

app = Flask(__name__)


class Tracker:
    """Knows what happened to one request."""

    def __init__(self):
        self._letters = random.choices(string.ascii_lowercase, k=10)
        self.events = []

    def note(self, what):
        self.events.append(what)

    def header(self):
        return "".join(self._letters)


@app.before_request
def start_tracking():
    g.tracker = Tracker()
    g.tracker.note("started")


TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        resp.set_cookie("visits", str(visits))
        return resp

app.add_url_rule("/", view_func=HomeView.as_view("home"))



@app.after_request
def stop_tracking(response):
    g.tracker.note("stopped")
    response.headers["X-Request-ID"] = g.tracker.header()
    return response

if __name__ == '__main__':
    app.run()
