# expect: header_from_g passed
# a ChainMap over a UserDict
from collections import ChainMap, UserDict
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
DEFAULTS = {"kind": "page", "id": "none"}
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

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
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        resp.set_cookie("visits", str(visits))
        return resp

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.before_request
def before():
    g.settings = ChainMap(UserDict(id=uuid4().hex), DEFAULTS)
@app.after_request
def after(response):
    response.headers["X-Request-ID"] = g.settings["kind"] + ":" + g.settings["id"]
    return response
