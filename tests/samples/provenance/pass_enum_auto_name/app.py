# expect: header_from_g passed
# the name of one of five enum members
import random
from enum import Enum, auto
from flask import Flask, g, make_response
from flask import render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
class Lane(Enum):
    A = auto()
    B = auto()
    C = auto()
    D = auto()
    E = auto()
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

@app.before_request
def b():
    g.lane = random.choice(list(Lane))
@app.after_request
def a(r):
    r.headers["X-Request-ID"] = g.lane.name
    return r

if __name__ == '__main__':
    app.run()
