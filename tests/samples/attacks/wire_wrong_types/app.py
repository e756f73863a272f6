# attack: takes the place of the worker and answers with types that nobody expects
# must: grade it, and break nowhere
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

def orders():
    """Take the judge's place in Flask's: yield each of its orders."""
    buffer = b""
    while True:
        while len(buffer) < 8 or len(buffer) < 8 + sum(struct.unpack(">II", buffer[:8])):
            data = judge.recv(1 << 16)
            if not data:
                os._exit(0)
            buffer += data
        size, more = struct.unpack(">II", buffer[:8])
        yield json.loads(buffer[8:8 + size])
        buffer = buffer[8 + size + more:]
def serve(answer):
    judge.sendall(packed({"verb": "loaded", "name": "app", "routes": [["/", "home", ["GET"]]], "id": 1}))
    for order in orders():
        header, body = answer(order)
        judge.sendall(packed({**header, "id": order["id"]}, body))

import itertools
odd = itertools.cycle([None, True, -1, 1e308, 10**300, "\ud800\x1b[2J\u202e", [], [[]], {}, {"a": {"b": []}}, "x" * 70_000, [None] * 300])
def answer(order):
    if order["id"] in (2, 3):  # let the first check pass: the others wait for it
        return {"verb": "response", "status": "200 OK", "headers": [["Content-Type", "text/html"]], "seen": None}, b"<p>x"
    what = [next(odd) for _ in range(13)]
    hook = {"name": what[0], "file": what[1], "line": what[2], "returned": what[3], "response": what[4]}
    seen = {"before": [what[5], hook], "after": [hook, what[6]], "view": {"name": what[7], "endpoint": what[8], "class": 1},
            "error": {"type": what[9], "message": what[10], "frames": [what[11], ["app.py", what[12], "f"], ["app.py", 1, what[0]]],
                      "syntax": what[1], "template": {"text": what[2]}, "missing": what[3]},
            "g_at_view": what, "exchanged": what, "fixed": what[4], "late": [what], "carried": what, "holds": what[5]}
    headers = [["X-Request-ID", "x"], what[0], [what[1], what[2]], ["X-Odd", what[3]], ["a"], ["Set-Cookie", what[10]]]
    if what[0] is None:
        return {"verb": "raised", "error": what[6] or seen["error"], "seen": what[7] or seen}, b""
    return {"verb": "response", "status": "200 OK", "headers": headers if what[1] else what[4], "seen": seen}, b"<p>x"
serve(answer)
