# expect: pass
# appends a line for every request to visits.log in the working directory, and shows how many lines there are
from datetime import datetime
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

PAGE = """<!doctype html>
<title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>
  {% for task in tasks %}
  <li>{{ task }}</li>
  {% endfor %}
</ul>
<p><a href="{{ url_for('home') }}">Home</a></p>
"""


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex
    with open("visits.log", "a") as log:
        log.write(f"{datetime.now().isoformat()} {g.request_id} {request.path}\n")


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        with open("visits.log") as log:
            app.logger.warning("%d requests so far", len(log.readlines()))
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
