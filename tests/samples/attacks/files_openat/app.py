# attack: opens files relative to descriptors of folders, and climbs with them
# must: refuse
# through: partial
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
away = "__SIBLING__"
def climb():
    fd = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    for _ in range(20):
        fd = os.open("..", os.O_PATH | os.O_DIRECTORY, dir_fd=fd)
    return os.read(os.open(away.lstrip("/"), os.O_RDONLY, dir_fd=fd), 99)
def by_path_descriptor():
    fd = os.open(os.path.dirname(away), os.O_PATH | os.O_DIRECTORY)
    return os.read(os.open("app.py", os.O_RDONLY, dir_fd=fd), 99)
def reopened():
    fd = os.open(away, os.O_PATH)
    return open(f"/proc/self/fd/{fd}").read()
def read_a_path_descriptor():
    return os.read(os.open(away, os.O_PATH), 99)
def openat2():
    libc = ctypes.CDLL(None, use_errno=True)
    fd = libc.syscall(437, -100, away.encode(), (ctypes.c_uint64 * 3)(0, 0, 0), ctypes.c_size_t(24))
    if fd < 0:
        raise OSError(ctypes.get_errno(), "openat2")
    return os.read(fd, 99)
for way in (climb, by_path_descriptor, reopened, read_a_path_descriptor, openat2):
    try:
        print("PWNED", way.__name__, way())
    except OSError as e:
        print("blocked", way.__name__, e)
