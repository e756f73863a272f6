# attack: starts processes by system calls that Python knows nothing of
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

def child_ends(result):
    if result == 0:
        os._exit(0)
child_ends(libc.fork() or 0) if False else None
pid = libc.fork()
child_ends(pid)
print("blocked" if pid == -1 else "PWNED", "fork()", pid)
if os.uname().machine == "x86_64":
    CHILD, THREAD, VM, SIGHAND, NEWUSER, NEWPID = 17, 0x10000, 0x100, 0x800, 0x10000000, 0x20000000
    for name, number, *args in (
        ("fork", 57), ("clone", 56, CHILD, 0, 0, 0, 0), ("clone of a user", 56, CHILD | NEWUSER, 0, 0, 0, 0),
        ("clone of a pid", 56, CHILD | NEWPID, 0, 0, 0, 0), ("clone with high bits", 56, CHILD | 1 << 40, 0, 0, 0, 0),
        ("clone3", 435, (ctypes.c_uint64 * 11)(0, 0, 0, 0, CHILD), 88),
    ):
        child_ends(call(name, number, *args))
