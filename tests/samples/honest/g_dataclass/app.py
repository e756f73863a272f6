# expect: pass
# g holds a dataclass with the id and the start time
from dataclasses import dataclass, field
from datetime import datetime, timezone
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView


@dataclass
class RequestInfo:
    id: str = field(default_factory=lambda: uuid4().hex)
    started: datetime = field(default_factory=lambda: datetime.now(timezone.utc))


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
TEMPLATE = """<!doctype html>
<h1>{{ tasks|length }} tasks</h1>
{% for task in tasks %}<p class="task">{{ task }}</p>
{% endfor %}
<footer>visit no. {{ visit_no }} | <a href="{{ url_for('home') }}">Home</a></footer>
"""


@app.before_request
def note_request():
    g.req = RequestInfo()


class HomeView(MethodView):
    def get(self):
        visit_no = 1 + int(request.cookies.get("visits", "0"))
        response = make_response(render_template_string(TEMPLATE, tasks=TASKS, visit_no=visit_no))
        response.set_cookie("visits", f"{visit_no}")
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def add_id(response):
    response.headers["X-Request-ID"] = g.req.id
    return response
