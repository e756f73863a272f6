# attack: listens for others, on ports and on a path
# must: refuse
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

import asyncio, http.server, os, socket, socketserver, threading
from wsgiref.simple_server import make_server
from werkzeug.serving import make_server as werkzeug_server
async def served(start):
    if not (await start).sockets:  # asyncio takes a family that it gets no socket of for one that is not there
        raise OSError("no sockets")
for name, way in {
    "create_server": lambda: socket.create_server(("127.0.0.1", 0)), "ipv6": lambda: socket.create_server(("::1", 0), family=socket.AF_INET6),
    "http.server": lambda: http.server.HTTPServer(("", 0), http.server.SimpleHTTPRequestHandler),
    "wsgiref": lambda: make_server("", 0, app), "werkzeug": lambda: werkzeug_server("127.0.0.1", 0, app),
    "unix": lambda: socketserver.UnixStreamServer("socket", socketserver.BaseRequestHandler),
    "asyncio": lambda: asyncio.run(served(asyncio.start_server(print, "127.0.0.1", 0))),
    "asyncio on a path": lambda: asyncio.run(served(asyncio.start_unix_server(print, "socket"))),
}.items():
    try:
        way()
        print("PWNED", name)
    except (OSError, SystemExit) as e:
        print("blocked", name, e)
try:
    app.run(port=0)
    print("ignored, as flask.cli has it")
except OSError as e:
    print("blocked", e)
