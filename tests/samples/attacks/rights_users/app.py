# attack: becomes another user, root first
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
def call(name, number, *args):
    """Make a system call; anything but EPERM, EACCES and ENOSYS means that the kernel looked at it."""
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in args))
    error = ctypes.get_errno()
    print("blocked" if result == -1 and error in (1, 13, 38) else "PWNED", name, result, error)
    return result

for name, way in {
    "setuid": lambda: os.setuid(0), "setgid": lambda: os.setgid(0), "seteuid": lambda: os.seteuid(0),
    "setreuid": lambda: os.setreuid(0, 0), "setresuid": lambda: os.setresuid(0, 0, 0), "setresgid": lambda: os.setresgid(0, 0, 0),
    "setgroups": lambda: os.setgroups([0]), "initgroups": lambda: os.initgroups("root", 0), "setuid to 1": lambda: os.setuid(1),
}.items():
    try:
        way()
        print("PWNED", name)
    except OSError as e:
        print("blocked", name, e)
if os.uname().machine == "x86_64":
    call("setfsuid", 122, 0)
    call("setfsgid", 123, 0)
