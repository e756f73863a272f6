# attack: cuts off, seeks in, and writes far behind what it has printed
# must: bounded, as any output
# cause: too_much_output
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
print("x" * 1000)
os.ftruncate(1, 0)
print("y")
os.lseek(1, 1 << 25, os.SEEK_SET)
for name, way in {"write": lambda: os.write(1, b"z"), "pwrite": lambda: os.pwrite(1, b"z", 1 << 40), "allocate": lambda: os.posix_fallocate(1, 0, 1 << 40)}.items():
    try:
        way()
    except OSError as e:
        os.write(2, str(e).encode())
