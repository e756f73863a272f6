# attack: takes the place of the worker and falsifies what it says of the inside
# must: believe only what can be seen
# base: 00_plain
# check: page_loads passed|failed
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = __TASKS__
PAGE = """<!doctype html><title>My tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
@app.route("/")
def home():
    return make_response(render_template_string(PAGE, tasks=TASKS))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = uuid.uuid4().hex
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

from werkzeug.test import run_wsgi_app
def answer(order):
    environ = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.version": (1, 0), **order["environ"]}
    chunks, status, headers = run_wsgi_app(app, environ, buffered=True)
    probe = order["probe"] or {}
    exchanged = ["request_id"] if probe.get("exchange") == "g" else []
    if exchanged:
        headers["X-Request-ID"] = f"{probe['seed']}-{probe['turn']}"
    seen = {"before": [{"name": "tag", "file": "app.py", "line": 1, "returned": None}], "g_at_view": ["request_id"],
            "g_at_after": ["request_id"], "reached_after": True, "exchanged": exchanged,
            "after": [{"name": "stamp", "returned": "Response", "response": True}],
            "view": {"name": "HomeView", "endpoint": "home", "class": True, "method_view": True}}
    return {"verb": "response", "status": status, "headers": list(headers), "seen": seen}, b"".join(chunks)
serve(answer)
