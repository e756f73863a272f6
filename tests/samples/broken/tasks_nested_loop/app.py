# expect: fail task_list
# words: twice|once|again|too many|extra|times|order
# version 3, finally works??
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = """
{% for i in range(2) %}
  {% for task in tasks %}
  <li>{{ task }}</li>
  {% endfor %}
{% endfor %}
<p>Visit no. {{ visits }}</p>
<a href="{{ url_for('home') }}">Start page</a>"""

class TodoList(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=TodoList.as_view("home"))

@app.after_request
def hook_two(response):
    response.headers["X-Request-ID"] = g.token
    return response

@app.before_request
def hook_one():
    g.token = uuid4().hex[:16]
