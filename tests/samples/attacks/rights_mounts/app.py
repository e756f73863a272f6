# attack: mounts, changes the root, and takes mounts away
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
    call("mount tmpfs", 165, b"x", b".", b"tmpfs", 0, b"")
    call("bind", 165, b"/", b".", b"", 4096, b"")
    call("remount", 165, b"none", b"/", b"", 32 | 4096, b"")
    call("umount", 166, b".", 2)
    call("pivot_root", 155, b".", b".")
    call("chroot", 161, b".")
    call("fsopen", 430, b"tmpfs", 0)
    call("fsconfig", 431, -1, 6, 0, 0, 0)
    call("fsmount", 432, -1, 0, 0)
    call("open_tree", 428, -100, b"/", 1)
    call("move_mount", 429, -100, b".", -100, b"/", 0)
    call("mount_setattr", 442, -100, b"/", 0, (ctypes.c_uint64 * 4)(0, 1), 32)
    call("swapon", 167, b"x", 0)
    call("quotactl", 179, 0, 0, 0, 0)
    call("statmount", 457, 0, 0, 0, 0)
