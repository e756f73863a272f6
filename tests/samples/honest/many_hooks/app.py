# expect: pass
# three before hooks, three after hooks and a teardown; only one after hook is about the id
import time
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<h1>My tasks</h1><p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul><a href="{{ url_for('home') }}">Home</a>"""

@app.before_request
def start_timer():
    g.start = time.perf_counter()

@app.before_request
def set_id():
    g.request_id = uuid4().hex

@app.before_request
def set_user():
    g.user = None
    return None

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def security(response):
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

@app.after_request
def id_header(response):
    response.headers["X-Request-ID"] = g.request_id
    return response

@app.after_request
def timing(response):
    response.headers["Server-Timing"] = f"app;dur={(time.perf_counter() - g.start) * 1000:.1f}"
    return response

@app.teardown_request
def forget(exc):
    g.pop("user", None)
