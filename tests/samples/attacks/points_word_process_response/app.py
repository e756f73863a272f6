# attack: has no after_request hook, but mentions the method that runs them
# must: see that none ran
# base: 00_bare
# check: page_loads passed
# check: after_request_returns failed|undecided
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
    response = make_response(render_template_string(PAGE, tasks=TASKS))
    response.headers["X-Request-ID"] = uuid.uuid4().hex
    return response

NOTE = "process_response"
