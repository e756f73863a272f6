# expect: header_from_g passed|undecided
# a signed token on g: unsign raises BadSignature on any other
from itsdangerous import Signer
from uuid import uuid4
from flask import (
    Flask,
    g,
    render_template_string,
    request,
)
from flask.views import MethodView
from werkzeug.http import dump_cookie
app = Flask(__name__)
signer = Signer("key")
@app.before_request
def assign():
    g.token = signer.sign(uuid4().hex)
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

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = signer.unsign(g.token).decode()
    return response
