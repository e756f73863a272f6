# attack: has a g that shows an empty dict as a full one
# must: see that no hook put anything on it
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

class Liar:
    def __init__(self):
        self.__dict__["request_id"] = uuid.uuid4().hex
    def __contains__(self, name):
        return True
app.app_ctx_globals_class = Liar
