# expect: header_from_g passed
# the object on g refers to the app, the request and itself as well
from uuid import uuid4
from flask import current_app, Flask, g, render_template_string, request
from flask.views import MethodView
from werkzeug.http import dump_cookie
app = Flask(__name__)
app.config["GREETING"] = "hello"

class Context:
    def __init__(self, app, req):
        self.app = app
        self.request = req
        self.config = app.config
        self.me = self
        self.id = uuid4().hex

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


class HomeView(MethodView):
    def get(self):
        visits = 1 + int(request.cookies.get("visits") or 0)
        body = render_template_string(PAGE, tasks=TASKS, visits=visits)
        return body, 200, {"Set-Cookie": dump_cookie("visits", str(visits))}

app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.before_request
def build_context():
    g.context = Context(current_app._get_current_object(), request._get_current_object())

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.context.id
    return response

@app.teardown_request
def check(error):
    if current_app.config["GREETING"] != "hello" or request.path != "/":
        raise RuntimeError("somebody changed the app")


if __name__ == "__main__":
    app.run(debug=True)
