# attack: TCP, UDP and DNS out, and to this machine's own ports
# must: refused
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

import socket
for kind, to in ((socket.SOCK_STREAM, ("127.0.0.1", 18555)), (socket.SOCK_DGRAM, ("127.0.0.1", 18555))):
    try:
        s = socket.socket(socket.AF_INET, kind); s.settimeout(1); s.connect(to); s.send(b"S3CRET"); print("PWNED sent", kind)
    except OSError as e:
        print("blocked", e)
try:
    print("PWNED", socket.getaddrinfo("localhost", 80))
except OSError as e:
    print("blocked", e)
