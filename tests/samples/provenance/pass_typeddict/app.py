# expect: header_from_g passed
# a TypedDict
from typing import TypedDict
from uuid import uuid4
from flask import Flask, g, make_response
from flask import render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
class Info(TypedDict):
    rid: str
    user: str | None
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        resp.set_cookie("visits", str(visits))
        return resp

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.before_request
def before() -> None:
    info: Info = {"rid": uuid4().hex, "user": None}
    g.info = info
@app.after_request
def after(response):
    response.headers["X-Request-ID"] = g.info["rid"]
    return response
