# expect: pass
# the home link is absolute: url_for('home', _external=True), with more links around it
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<!doctype html>
<a href="https://flask.palletsprojects.com/">Flask</a> |
<a href="{{ url_for('home', _external=True) }}">Home</a> |
<a href="#tasks">Tasks</a> | <a href="mailto:me@example.org">Me</a>
<ul id="tasks">{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>"""

@app.before_request
def new_id():
    g.request_id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def send_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
