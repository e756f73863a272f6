# attack: makes namespaces of its own, and enters others
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
if os.uname().machine == "x86_64":  # the numbers are those of this architecture
    call("unshare user", 272, 0x10000000)
    call("unshare mounts", 272, 0x00020000)
    call("unshare pid", 272, 0x20000000)
    call("unshare network", 272, 0x40000000)
    call("unshare files", 272, 0x400)
    call("unshare time", 272, 0x80)
    call("setns", 308, 0, 0)
    call("setns of a pidfd", 308, 0, 0x10000000)
    call("clone user", 56, 0x10000011, 0, 0, 0, 0)
