# expect: fail task_list
# words: next visitor's does not
# line: 13
# the first request drains the iterator, so whoever comes next sees an empty list
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)

# strip them, in case somebody types a blank
TASKS = (task.strip() for task in ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"])

PAGE = """<h1>My tasks</h1>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""


@app.before_request
def assign_request_id():
    g.request_id = str(uuid4())


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", 0)) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
