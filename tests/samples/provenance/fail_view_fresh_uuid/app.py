# expect: header_from_g failed
# source: set in the view
# the view puts a fresh uuid into the header
from uuid import uuid4
from flask import Flask, g, make_response
from flask import render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
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
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        response.headers["X-Request-ID"] = uuid4().hex
        return response
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.before_request
def assign():
    g.rid = uuid4().hex
@app.after_request
def nothing_to_do(response):
    return response
