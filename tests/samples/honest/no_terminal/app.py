# expect: pass
# looks for a terminal, for who is logged in and for other processes, and can do without each of them
import os
import sys
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

try:
    columns = os.get_terminal_size().columns
except OSError:
    columns = 80
try:
    who = os.getlogin()
except OSError:
    who = os.environ.get("USER", "somebody")
try:
    os.nice(5)
except (AttributeError, OSError):
    pass
try:
    name = input("What is your name? ") if sys.stdin and sys.stdin.isatty() else "you"
except EOFError:
    name = "you"
try:
    from multiprocessing import Lock
    lock = Lock()
except (ImportError, OSError):
    from threading import Lock
    lock = Lock()
if hasattr(os, "getloadavg"):
    print("load", os.getloadavg())

@app.before_request
def new_id():
    with lock:
        g.request_id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<p>Hello {{ name }}</p><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visit number: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits, name=name))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def send_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
