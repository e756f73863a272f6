# attack: reaches sys.modules through another name for sys
# must: leave its inside checks to a person
# base: 00_idle
# check: page_loads passed
# check: method_view failed|undecided
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = __TASKS__
PAGE = """<!doctype html><title>My tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
@app.before_request
def tag():
    pass
@app.route("/")
def home():
    return make_response(render_template_string(PAGE, tasks=TASKS))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = uuid.uuid4().hex
    return response

import sys
other = sys
home.view_class = type("HomeView", (), {})
other.modules["flask.views"].MethodView = object
