# expect: pass
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
PAGE = """<!doctype html><title>My tasks</title>
<h1>My tasks</h1>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
def read_visits():
    try:
        return max(0, int(request.cookies.get("visits", "0")))
    except ValueError:
        return 0
@app.before_request
def tag():
    g.request_id = str(uuid4())
class HomeView(MethodView):
    def get(self):
        g.visits = read_visits() + 1
        html = render_template_string(PAGE, tasks=TASKS, visits=g.visits)
        response = make_response(html)
        response.set_cookie("visits", str(g.visits))
        return response
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.after_request
def stamp(response):
    response.headers.add("X-Request-ID", g.request_id)
    return response
