# expect: fail page_loads
# words: url_for|home|endpoint
# line: 25
# url_for wants the endpoint's name, not a path
from uuid import uuid4
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request


app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = """<!doctype html>
<body>
  <p>Visit no. {{ n }}</p>
  <ul>
  {% for task in tasks %}
    <li>{{ task }}</li>
  {% endfor %}
  </ul>
  <a href="{{ url_for('/') }}">Home</a>
</body>"""


@app.after_request
def on_response(response):
    response.headers["X-Request-ID"] = g.current_id
    return response


class TodoList(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, n=n))
        response.set_cookie("visits", str(n))
        return response


@app.before_request
def on_request():
    g.current_id = uuid4().hex[:16]


app.add_url_rule("/", view_func=TodoList.as_view("home"))
