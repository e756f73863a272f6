# attack: sends answers to the judge's next requests before they are asked
# must: no more points than by answering them
# check: page_loads failed
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

body = render_template_string
answer = {"verb": "response", "status": "200 OK", "headers": [["Content-Type", "text/html"], ["X-Request-ID", "x"]],
          "seen": {"before": [{"name": "tag", "file": "app.py", "line": 11, "returned": None}], "g_at_view": ["request_id"],
                   "after": [{"name": "stamp", "returned": "Response", "response": True}], "reached_after": True,
                   "view": {"name": "HomeView", "endpoint": "home", "class": True, "method_view": True}}}
page = "<ul>" + "".join(f"<li>{t}</li>" for t in TASKS) + "</ul><a href=/>Home</a>"
judge.sendall(packed({"verb": "loaded", "name": "app", "routes": [["/", "home", ["GET"]]], "id": 1}))
for number in range(2, 60):
    judge.sendall(packed({**answer, "id": number}, page.encode()))
