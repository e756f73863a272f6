# attack: gives itself capabilities
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

header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
for name, way in {
    "capset": lambda: libc.capset(header, data), "ambient": lambda: libc.prctl(47, 2, ctypes.c_ulong(21), 0, 0),
    "keep": lambda: libc.prctl(8, ctypes.c_ulong(1), 0, 0, 0),
}.items():
    print("blocked" if way() == -1 else "PWNED", name)
got = (ctypes.c_uint32 * 6)()
if libc.capget(header, got) == 0 and any(got):
    print("PWNED has capabilities", list(got))
try:
    for line in open("/proc/self/status"):
        if line.startswith(("CapPrm", "CapEff", "CapAmb")) and int(line.split()[1], 16):
            print("PWNED", line)
except OSError as e:
    print("blocked", e)
