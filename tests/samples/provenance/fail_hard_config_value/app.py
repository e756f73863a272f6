# expect: header_from_g failed
# source: hard-coded
# a config value set when the app was built
from uuid import uuid4
from flask import current_app, Flask, g
from flask import render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
app.config["REQUEST_ID"] = "tasks-app-01"
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

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


class TaskPage(MethodView):
    methods = ["GET"]

    def get(self):
        n = request.cookies.get("visits", default=0, type=int) + 1
        answer = current_app.make_response(
            render_template_string(PAGE, tasks=TASKS, visits=n)
        )
        answer.set_cookie(key="visits", value=str(n), path="/")
        return answer

app.add_url_rule("/", view_func=TaskPage.as_view("home"))

@app.before_request
def assign():
    g.request_id = uuid4().hex
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = current_app.config["REQUEST_ID"]
    return response
