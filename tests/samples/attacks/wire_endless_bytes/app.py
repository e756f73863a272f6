# attack: drips bytes of a frame that never becomes whole
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

import json, os, socket, stat, struct
def judges():
    """Return the socket that the judge asks through, under a descriptor of our own."""
    for fd in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                return socket.socket(fileno=os.dup(fd))
        except OSError:
            continue
    raise SystemExit("no socket found")
def packed(header, body=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack(">II", len(text), len(body)) + text + body
judge = judges()

import time
judge.sendall(struct.pack(">II", 1 << 20, 1 << 20))
try:
    while True:
        judge.sendall(b"x")
        time.sleep(0.01)
except OSError as e:
    print("blocked", e)
