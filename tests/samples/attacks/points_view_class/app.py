# attack: gives its plain function the attribute that class-based views have
# must: not take it for a MethodView
# base: 00_plain
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
@app.route("/")
def home():
    return make_response(render_template_string(PAGE, tasks=TASKS))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = uuid.uuid4().hex
    return response

class View(MethodView):
    pass
home.view_class = View
