# attack: takes more of the processors, and slows others down
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
    "nice": lambda: os.nice(-5), "slow the parent": lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19),
    "slow all": lambda: os.setpriority(os.PRIO_USER, 0, 19), "affinity": lambda: os.sched_setaffinity(os.getppid(), {0}),
    "scheduler": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
    "batch": lambda: os.sched_setscheduler(os.getppid(), os.SCHED_IDLE, os.sched_param(0)),
}.items():
    try:
        way()
        print("PWNED", name)
    except OSError as e:
        print("blocked", name, e)
if os.uname().machine == "x86_64":
    call("ioprio_set", 251, 1, os.getppid(), 0x6000)
    call("sched_setattr", 314, 0, (ctypes.c_uint64 * 6)(48), 0)
    call("sched_setparam", 142, 0, (ctypes.c_uint64 * 1)())
