# attack: asks whether files exist, without opening any
# must: not even that
# through: strong, partial
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
path = "__SOLUTION__".encode()
libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(512)
def refused_otherwise(other):
    """Compare how opening it is refused with how a file that is not there is."""
    errors = []
    for name in (path, other):
        try:
            os.close(os.open(name, os.O_RDONLY))
            errors.append(0)
        except OSError as e:
            errors.append(e.errno)
    return errors[0] != errors[1]
ways = {
    "stat": lambda: os.stat(path),
    "lstat": lambda: os.lstat(path),
    "access": lambda: os.access(path, os.F_OK),
    "exists": lambda: os.path.exists(path),
    "statvfs": lambda: os.statvfs(path),
    "statx": lambda: libc.statx(-100, path, 0, 0x7FF, buffer) == 0,
    "isdir": lambda: os.path.isdir(os.path.dirname(path)),
    "samefile": lambda: os.path.samefile(path, path),
    "mkdir": lambda: os.path.lexists(path),
    "errors": lambda: refused_otherwise(path + b"-that-is-not-there"),
}
for name, way in ways.items():
    try:
        print("PWNED" if way() else "blocked", name)
    except OSError as e:
        print("blocked", name, e)
