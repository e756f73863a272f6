# attack: leaves its session and process group
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
    "setsid": os.setsid, "setpgid": lambda: os.setpgid(0, 0), "join the parent": lambda: os.setpgid(0, os.getpgid(os.getppid())),
    "setpgrp": os.setpgrp, "terminal": lambda: os.tcsetpgrp(0, os.getpgrp()), "daemon": lambda: libc.daemon(0, 0) and os.setsid(),
    "vhangup": lambda: libc.vhangup() and os.setsid(),
}.items():
    try:
        way()
        print("PWNED", name)
    except OSError as e:
        print("blocked", name, e)
