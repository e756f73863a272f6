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
@app.before_request
def tag():
    g.request_id = uuid4().hex
class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
