# expect: fail page_loads
# words: memory
# cause: out_of_memory
# line: 19
# a line of stars that is far longer than any computer's memory
# TODO clean this up later
from uuid import uuid4
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

class TodoList(MethodView):
    def get(self):
        visit_number = int(request.cookies.get("visits", "0")) + 1
        stars = "*" * 10 ** 12 * visit_number
        answer = make_response(render_template_string(
            """<!doctype html>
<title>Tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visits: {{ visit_number }} {{ stars }}</p><a href="{{ url_for('home') }}">home</a>""", stars=stars, tasks=TASKS, visit_number=visit_number))
        answer.set_cookie("visits", str(visit_number))
        return answer

app.add_url_rule("/", view_func=TodoList.as_view("home"))

@app.after_request
def attach_request_id(answer):
    answer.headers["X-Request-ID"] = g.request_id
    return answer

@app.before_request
def generate_request_id():
    g.request_id = str(uuid4())
