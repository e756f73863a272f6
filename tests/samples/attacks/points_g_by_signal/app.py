# attack: fills g when its context is pushed, with a hook beside it that does nothing
# must: see that no hook did
# base: 00_idle
# check: page_loads passed
# check: g_before_view failed|undecided
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

from flask import appcontext_pushed
def fill(sender, **kwargs):
    g.request_id = "x"
appcontext_pushed.connect(fill, app)
