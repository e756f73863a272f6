# attack: changes mode, owner, times and attributes of files of others
# must: change nothing
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

import os
path = "__SIBLING__"
def state():
    try:
        s = os.stat(path)
        return s.st_mode, s.st_uid, s.st_gid, s.st_mtime_ns
    except OSError as e:
        return str(e)
before = state()
for name, way in {
    "chmod": lambda: os.chmod(path, 0o600), "chown": lambda: os.chown(path, os.getuid(), os.getgid()),
    "lchown": lambda: os.lchown(path, 1, 1), "utime": lambda: os.utime(path, (1, 1)),
    "utime of now": lambda: os.utime(path), "fchmodat": lambda: os.chmod(path, 0, dir_fd=os.open("/", os.O_PATH)),
    "setxattr": lambda: os.setxattr(path, "user.x", b"x"), "folder": lambda: os.chmod(os.path.dirname(path), 0o700),
}.items():
    try:
        way()
        print("as if it were done:", name)
    except OSError as e:
        print("blocked", name, e)
if state() != before:
    print("PWNED", before, state())
