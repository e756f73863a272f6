# expect: fail visit_first
# words: page|show|number|visit
# line: 14
# {{ visit }} is empty: it is passed as visits
# TODO clean this up later
from uuid import uuid4
from flask import Flask, request, render_template_string, g, make_response
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """
<h1>Tasks</h1>
<p>Visit number: {{ visit }}</p>
<table>{% for x in tasks %}<tr><td>{{x}}</td></tr>{% endfor %}</table>
<a href="{{ url_for('home') }}">Reload</a>
"""

@app.before_request
def b():
    g.request_number = str(uuid4())

class TodoList(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        page_response = make_response(render_template_string(PAGE, tasks=TASKS, besuche=besuche))
        page_response.set_cookie("visits", str(besuche))
        return page_response

app.add_url_rule("/", view_func=TodoList.as_view("home"))

@app.after_request
def a(page_response):
    page_response.headers["X-Request-ID"] = g.request_number
    return page_response
