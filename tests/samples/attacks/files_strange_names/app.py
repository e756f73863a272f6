# attack: gives files and folders names that are no text, and that are as long as can be
# must: leave nothing, and grade on
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
for name in (b"\xff\xfe", b"new\nline", b"\x1b[2J", b"x" * 255, b"-rf", b"..." , b" ", b"\xed\xa0\x80"):
    os.mkdir(name)
    with open(os.path.join(name, b"\x01" + name[:200]), "wb") as f:
        f.write(name)
print(len(os.listdir(b".")))
