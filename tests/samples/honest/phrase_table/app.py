# expect: pass
# a table of facts, the visit number is one cell; tasks in another table with a number column
import platform
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<!doctype html>
<table class="tasks">
  <tr><th>No.</th><th>Task</th></tr>
  {% for task in tasks %}
  <tr><td>{{ loop.index }}</td><td>{{ task }}</td></tr>
  {% endfor %}
</table>
<table class="facts">
  <tr><td>Python</td><td>{{ python }}</td></tr>
  <tr><td>Visits</td><td>{{ visits }}</td></tr>
  <tr><td>Tasks</td><td>{{ tasks|count }}</td></tr>
</table>
<a href="{{ url_for('home') }}">Home</a>"""

@app.before_request
def assign():
    g.id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            PAGE, tasks=TASKS, visits=visits, python=platform.python_version()))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.id
    return response
