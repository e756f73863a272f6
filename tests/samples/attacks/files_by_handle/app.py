# attack: opens files by handle, and watches folders for what happens there
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
handle = (ctypes.c_uint32 * 40)(128)
mount = ctypes.c_int()
calls = {} if os.uname().machine != "x86_64" else {
    "name_to_handle_at": lambda: libc.syscall(303, -100, b"__SIBLING__", handle, ctypes.byref(mount), 0),
    "open_by_handle_at": lambda: libc.syscall(304, -100, handle, 0),
    "fanotify_init": lambda: libc.syscall(300, 0, 0),
    "inotify_init": lambda: libc.syscall(253),
    "inotify_init1": lambda: libc.syscall(294, 0),
    "dnotify": lambda: libc.fcntl(os.open(".", os.O_RDONLY), 1026, 0x80000001),
}
for name, call in calls.items():
    print("blocked" if call() == -1 else "PWNED", name, os.strerror(ctypes.get_errno()))
