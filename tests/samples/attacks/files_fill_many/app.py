# attack: fills the disk with many files, each of an allowed size
# must: 64 MiB at most
# through: strong, partial
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
written = 0
try:
    for n in range(5):
        with open(f"fill-{n}.bin", "wb") as f:
            for _ in range(20):
                written += f.write(b"x" * (1 << 20))
except OSError as e:
    print("blocked after", written >> 20, "MiB:", e)
if written > 64 << 20:
    print("PWNED wrote", written >> 20, "MiB")
