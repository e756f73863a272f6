# expect: pass
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

class MyFlask(Flask):
    def preprocess_request(self):
        g.request_id = uuid4().hex
        return super().preprocess_request()

    def process_response(self, response):
        response = super().process_response(response)
        response.headers["X-Request-ID"] = g.request_id
        return response

app = MyFlask(__name__)
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
class HomeView(MethodView):
    """Serves the one page of this app."""

    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))
