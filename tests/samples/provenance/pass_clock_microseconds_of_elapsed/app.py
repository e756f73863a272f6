# expect: header_from_g passed
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
from datetime import datetime, timedelta, date, timezone
import time

app = Flask(__name__)

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

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


@app.before_request
def assign():
    g.start = datetime.now()


class HomeView(MethodView):
    """Serves the one page of this app."""

    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response



app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = f"{(datetime.now() - g.start).microseconds}us"
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        response = client.get("/")
        print("Status: ", response.status)
        print("Header: ", response.headers.get("X-Request-ID"))
        print(response.get_data(as_text=True))
