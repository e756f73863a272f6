# expect: header_from_g failed
# source: a global|made anew
# a queue between the hooks: first in, first out
import queue
from uuid import uuid4
from flask import Flask, g, render_template_string, request
from flask.views import MethodView
from werkzeug.http import dump_cookie
app = Flask(__name__)
ids = queue.Queue()
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']
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
        visits = 1 + int(request.cookies.get("visits") or 0)
        body = render_template_string(PAGE, tasks=TASKS, visits=visits)
        return body, 200, {"Set-Cookie": dump_cookie("visits", str(visits))}

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.before_request
def assign():
    g.rid = uuid4().hex
    ids.put(g.rid)
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = ids.get_nowait()
    return response
