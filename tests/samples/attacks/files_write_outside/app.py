# attack: creates, appends, makes folders and removes where others have their work
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
away = os.path.dirname("__SIBLING__")
for name, way in {
    "append": lambda: open(away + "/app.py", "a").write("# mine"),
    "create": lambda: open(away + "/pwned.py", "w").write("mine"),
    "exclusive": lambda: open(away + "/pwned-2.py", "x").write("mine"),
    "in /tmp": lambda: (open("/tmp/pwned-3", "x"), os.unlink("/tmp/pwned-3")),
    "mkdir": lambda: os.mkdir(away + "/pwned"),
    "symlink": lambda: os.symlink("/", away + "/pwned-link"),
    "rmdir": lambda: os.rmdir(away + "/pwned"),
    "remove": lambda: os.remove(away + "/app.py"),
    "unnamed": lambda: os.open(away, os.O_TMPFILE | os.O_RDWR),
}.items():
    try:
        way()
        print("PWNED", name)
    except OSError as e:
        print("blocked", name, e)
