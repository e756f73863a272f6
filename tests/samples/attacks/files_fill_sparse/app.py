# attack: makes files of a terabyte that are all holes
# must: 64 MiB at most
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

import os
fd = os.open("holes.bin", os.O_RDWR | os.O_CREAT)
for name, way in {
    "truncate": lambda: os.ftruncate(fd, 1 << 40),
    "pwrite": lambda: os.pwrite(fd, b"x", 1 << 40),
    "seek": lambda: (os.lseek(fd, 1 << 40, 0), os.write(fd, b"x")),
    "fallocate": lambda: os.posix_fallocate(fd, 0, 1 << 30),
}.items():
    try:
        way()
        print("PWNED", name, os.fstat(fd).st_size)
    except OSError as e:
        print("blocked", name, e)
os.ftruncate(fd, 0)
