# expect: header_from_g failed|undecided|blocked
# source: replaced
# the view replaces process_response on Flask itself
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
original = Flask.process_response
def process(self, response):
    response = original(self, response)
    response.headers["X-Request-ID"] = uuid4().hex
    return response
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
        type(app).process_response = process
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.before_request
def assign():
    g.rid = uuid4().hex
