# attack: opens Python's and Flask's own files for writing, and plants modules beside them
# must: refuse
# maybe: partial
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

import json, os, flask, jinja2, site, sys
for module in (os, json, flask, jinja2):
    try:
        open(module.__file__, "r+b").close()
        print("PWNED could write", module.__file__)
    except OSError as e:
        print("blocked", e)
folders = [os.path.dirname(os.__file__), os.path.dirname(os.path.dirname(flask.__file__)), *site.getsitepackages(),
           os.path.dirname(flask.__file__) + "/__pycache__", *(p for p in sys.path if os.path.isdir(p))]
for folder in folders:
    if folder.endswith("submission"):
        continue
    try:
        os.close(os.open(folder, os.O_TMPFILE | os.O_RDWR))  # a file without a name: nobody else comes across it
        print("PWNED could create files in", folder)
    except OSError as e:
        print("blocked", e)
