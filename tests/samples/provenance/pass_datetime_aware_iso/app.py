# expect: header_from_g passed
# an aware datetime in ISO form
from datetime import datetime, timezone
from flask import Flask, g, render_template_string
from flask import request, Response
from flask.views import MethodView
app = Flask(__name__)

TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

PAGE = """<!doctype html>
<html lang="en">
  <head><title>My tasks</title></head>
  <body>
    <h1>My tasks</h1>
    <p>Visit number: {{ visits }}</p>
    <ul>
      {% for task in tasks %}
      <li>{{ task }}</li>
      {% endfor %}
    </ul>
    <p><a href="{{ url_for('home') }}">Home</a></p>
  </body>
</html>
"""


def read_visits() -> int:
    try:
        return int(request.cookies.get("visits", 0))
    except ValueError:
        return 0


class Home(MethodView):
    init_every_request = False

    def get(self) -> Response:
        number = read_visits() + 1
        html = render_template_string(PAGE, tasks=TASKS, visits=number)
        response = Response(html, mimetype="text/html")
        response.set_cookie("visits", str(number), httponly=True, samesite="Lax")
        return response

app.add_url_rule("/", view_func=Home.as_view("home"))


@app.before_request
def note_time():
    g.started = datetime.now(timezone.utc)

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.started.isoformat(timespec="microseconds")
    return response
