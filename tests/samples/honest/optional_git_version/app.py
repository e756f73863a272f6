# expect: pass
# shows the commit if git is there: FileNotFoundError and CalledProcessError are what it expects to go wrong
import subprocess
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

def version():
    try:
        return subprocess.check_output(["git", "rev-parse", "--short", "HEAD"], stderr=subprocess.DEVNULL, text=True).strip()
    except (FileNotFoundError, subprocess.CalledProcessError):
        return "dev"

def branch():
    try:
        done = subprocess.run(["git", "branch", "--show-current"], capture_output=True, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode().strip()

def tag():
    try:
        return subprocess.getoutput("git describe")
    except Exception:
        return None

app.config.update(VERSION=version(), BRANCH=branch(), TAG=tag())

@app.before_request
def new_id():
    g.request_id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul><p>Visit number: {{ visits }}</p>
            <a href="{{ url_for('home') }}">Home</a><!-- {{ config.VERSION }} {{ config.BRANCH }} -->""",
            tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def send_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
