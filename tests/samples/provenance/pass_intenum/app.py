# expect: header_from_g passed
# an IntEnum, shown as a number
import random
from enum import IntEnum
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)

class Priority(IntEnum):
    LOW = 10
    MIDDLE = 20
    HIGH = 30

TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

PAGE = """
<!doctype html>
<html lang="en">
<head>
  <title>My tasks</title>
</head>
<body>
  <nav><a href="{{ url_for('home') }}">Home</a></nav>
  <main>
    {# the list comes from Python #}
    <ul>
      {% for task in tasks %}
        <li class="task">{{ task|e }}</li>
      {% else %}
        <li>Nothing to do</li>
      {% endfor %}
    </ul>
    <p>This is visit {{ visits }} of yours.</p>
  </main>
</body>
</html>
"""


class HomeView(MethodView):
    """Serves the one page of this app."""

    def get(self):
        # A cookie is text, and on a first visit there is none.
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.before_request
def prioritise():
    g.priority = random.choice([Priority.LOW, Priority.MIDDLE, Priority.HIGH])

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = "p%d" % g.priority
    return response
