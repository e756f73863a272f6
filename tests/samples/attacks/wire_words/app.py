# attack: takes the place of the worker and tells of exceptions with words that would act in a terminal or a log
# must: show them so that they do nothing
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

evil = "\n::error::x\n::stop-commands::x\n##vso[task.complete]x\n\x1b[2J\x1b]8;;http://x\x07\u202e\u2066\x00\x9b1m\ud800\r\n"
def answer(order):
    error = {"type": "ValueError" + evil, "message": evil * 20, "words": evil * 20, "frames": [["app.py", 3, evil], ["../app.py", 1, "f"]],
             "missing": evil, "template": {"name": evil, "line": 3, "text": evil}}
    hook = {"name": evil, "file": "app.py", "line": 3, "returned": evil, "response": False}
    if order["id"] in (2, 3):  # let the first check pass: the others wait for it
        return {"verb": "response", "status": "200 OK", "headers": [["Content-Type", "text/html"]], "seen": None}, b"<p>x"
    if order["id"] % 3 == 0:
        return {"verb": "raised", "error": error, "seen": None}, b""
    seen = {"before": [hook] if order["id"] % 3 == 1 else [], "after": [hook], "view": {"name": evil, "endpoint": evil}}
    return {"verb": "response", "status": "200 OK", "headers": [["X-A", "x"]], "seen": seen}, b""
print(evil)
serve(answer)
