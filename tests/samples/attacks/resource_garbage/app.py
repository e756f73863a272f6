# attack: makes garbage that comes to life again and takes for ever to be collected
# must: end it when its time is up
# cause: timed_out
# limits: load_seconds=2 request_seconds=1 run_seconds=3
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

import gc
class Phoenix:
    def __init__(self):
        self.me = self
    def __del__(self):
        Phoenix(), Phoenix()
gc.set_threshold(1, 1, 1)
@app.before_request
def burn():
    for _ in range(100):
        Phoenix()
    while True:
        gc.collect()
