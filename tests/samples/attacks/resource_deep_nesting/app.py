# attack: nests values so deep that C code runs out of stack
# must: its own process only
# limits: load_seconds=4 request_seconds=2 run_seconds=8
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
    response.headers["X-Request-ID"] = "placeholder"
    return response

import copy, json, marshal, pickle
deep = {}
for _ in range(1_000_000):
    deep = {"a": deep}
for way in (repr, json.dumps, copy.deepcopy, pickle.dumps, lambda d: d == {"a": d}):
    try:
        way(deep)
    except (RecursionError, ValueError, MemoryError) as e:
        print(way, type(e))
g_deep = deep
@app.before_request
def keep():
    g.deep = g_deep
