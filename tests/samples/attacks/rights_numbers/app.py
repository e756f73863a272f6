# attack: makes system calls by numbers that are none, or those of x32
# must: answer ENOSYS
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

    for number in (39, 57, 56, 59, 62, 41, 101, 165, 520, 521, 522, 536, 539, 540, 545):
        call(f"x32 {number}", number | 0x40000000, 0, 0, 0, 0, 0)
    for number in (-1, 423, 500, 1000, 2**31 - 1, 2**31, 2**32 + 57, 2**63 - 1):
        result = libc.syscall(ctypes.c_long(number), 17, 0, 0, 0, 0)
        if result == 0:
            os._exit(0)  # 2**32 + 57 is fork where a number is cut to 32 bits
        print("blocked" if result == -1 and ctypes.get_errno() in (1, 38) else "PWNED", number, result)
