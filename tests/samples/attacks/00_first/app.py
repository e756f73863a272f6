# attack: none: every visit is told that it is the first
# must: be graded as ever
# check: visit_first passed
# check: visit_count failed
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = __TASKS__
PAGE = """<!doctype html><title>My tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
@app.route("/")
def home():
    response = make_response(render_template_string(PAGE, tasks=TASKS) + "<p>Visit number: 1</p>")
    response.set_cookie("visits", "1")
    return response
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = uuid.uuid4().hex
    return response
