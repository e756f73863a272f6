# attack: puts on g what takes whoever copies or compares it for ever
# must: bounded by the request's time
# base: 00_anew
# limits: load_seconds=2 request_seconds=1 run_seconds=6
# check: page_loads passed
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = __TASKS__
PAGE = """<!doctype html><title>My tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
@app.before_request
def tag():
    g.request_id = uuid.uuid4().hex
class HomeView(MethodView):
    def get(self):
        return make_response(render_template_string(PAGE, tasks=TASKS))
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = uuid.uuid4().hex
    return response

import itertools
class Wide:
    def __init__(self):
        self.a = self
        self.b = list(range(1000))
    def __deepcopy__(self, memo):
        return [Wide()] * 1000
    def __repr__(self):
        return "x" * 100_000_000
    def __eq__(self, other):
        while True:
            pass
    def __hash__(self):
        return 1
@app.before_request
def fill():
    g.wide = Wide()
    g.many = {n: [n] * 10 for n in range(10_000)}
    g.endless = itertools.count()
    level = []
    for _ in range(60):
        level = [level, level]
    g.doubled = level
