# attack: hangs, and when asked where, names places that are none
# must: name no file that is not its own
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

import os, signal, sys, time
def lie(*args):
    for name in ("../../etc/passwd", "/etc/shadow", "app.py\0", "app.py", "nothing.py"):
        print(f'  File "/x/submission/{name}", line 9999999 in x\n' * 2000, file=sys.stderr, flush=True)
signal.signal(signal.SIGUSR1, lie)
@app.before_request
def hang():
    while True:
        time.sleep(0.001)
