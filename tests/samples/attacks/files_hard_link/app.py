# attack: makes hard links to files of others in its own folder
# must: refuse
# check: page_loads passed
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
    g.request_id = uuid.uuid4().hex
class HomeView(MethodView):
    def get(self):
        return make_response(render_template_string(PAGE, tasks=TASKS))
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = "placeholder"
    return response

import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for name, way in {
    "link": lambda: os.link("__SIBLING__", "copy.py"),
    "linkat": lambda: libc.linkat(-100, b"__SIBLING__", -100, b"copy.py", 0) and os.stat("copy.py"),
    "link a library": lambda: os.link(os.__file__, "os.py"),
    "link what a descriptor points at": lambda: os.link("/proc/self/fd/1", "output", follow_symlinks=True),
}.items():
    try:
        way()
        print("PWNED", name)
    except OSError as e:
        print("blocked", name, e)
