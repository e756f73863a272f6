# expect: fail page_loads
# words: \{%
# line: 18
import secrets
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = """<!doctype html>
<h1>My tasks</h1>
<ul>
{{ for task in tasks }}
  <li>{{ task }}</li>
{{ endfor }}
</ul>
<p>This is visit {{ visit_count }}.</p>
<a href="{{ url_for('home') }}">Reload</a>"""

class HomePage(MethodView):
    def get(self):
        visit_count = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(PAGE, tasks=TASKS, visit_count=visit_count))
        answer.set_cookie("visits", str(visit_count))
        return answer

app.add_url_rule("/", view_func=HomePage.as_view("home"))

@app.after_request
def add_header(answer):
    answer.headers["X-Request-ID"] = g.id
    return answer

@app.before_request
def remember_id():
    g.id = secrets.token_hex(10)
