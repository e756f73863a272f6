# attack: patches the class of the worker's socket
# must: believe only what can be seen
# base: 00_idle
# check: page_loads passed|failed
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
    pass
@app.route("/")
def home():
    return make_response(render_template_string(PAGE, tasks=TASKS))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = uuid.uuid4().hex
    return response

import json, socket, struct
usual = socket.socket.sendall
def sendall(self, data, *flags):
    size, more = struct.unpack(">II", data[:8])
    value = json.loads(data[8:8 + size])
    if value.get("verb") == "response":
        value["seen"].update(g_at_view=["request_id"], view={"name": "HomeView", "endpoint": "home", "class": True, "method_view": True})
        text = json.dumps(value).encode()
        data = struct.pack(">II", len(text), more) + text + data[8 + size:]
    return usual(self, data, *flags)
socket.socket.sendall = sendall
