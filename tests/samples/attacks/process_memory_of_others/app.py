# attack: traces its parent, reads and writes its memory, takes its descriptors
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
    call("ptrace attach", 101, 16, os.getppid(), 0, 0)
    call("ptrace seize", 101, 0x4206, os.getppid(), 0, 0)
    call("ptrace traceme", 101, 0, 0, 0, 0)
    call("process_vm_readv", 310, os.getppid(), (ctypes.c_uint64 * 2)(), 1, (ctypes.c_uint64 * 2)(), 1, 0)
    call("process_vm_writev", 311, os.getppid(), (ctypes.c_uint64 * 2)(), 1, (ctypes.c_uint64 * 2)(), 1, 0)
    call("kcmp", 312, os.getppid(), os.getpid(), 0, 0, 0)
    call("pidfd_open", 434, os.getppid(), 0)
    call("pidfd_getfd", 438, 0, 0, 0)
    call("process_madvise", 440, 0, 0, 0, 4, 0)
    call("process_mrelease", 448, 0, 0)
    call("move_pages", 279, os.getppid(), 0, 0, 0, 0, 0)
    call("migrate_pages", 256, os.getppid(), 0, 0, 0)
