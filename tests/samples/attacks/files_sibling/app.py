# attack: reads another learner's work in every way that Python has
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

import glob, io, linecache, mmap, os, pathlib, runpy, shutil, tokenize
path = "__SIBLING__"
def mapped():
    with open(path, "rb") as f:
        return mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)[:]
ways = {
    "open": lambda: open(path).read(),
    "os.open": lambda: os.read(os.open(path, os.O_RDONLY), 99),
    "open_code": lambda: io.open_code(path).read(),
    "read_text": lambda: pathlib.Path(path).read_text(),
    "linecache": lambda: linecache.getlines(path),
    "tokenize": lambda: tokenize.open(path).read(),
    "mmap": mapped,
    "copy": lambda: shutil.copy(path, "copy.py"),
    "runpy": lambda: runpy.run_path(path),
    "listdir": lambda: os.listdir(os.path.dirname(path)),
    "glob": lambda: glob.glob(os.path.dirname(path) + "/*"),
    "walk": lambda: list(os.walk(os.path.dirname(path))),
}
for name, way in ways.items():
    try:
        got = way()
        print("PWNED" if got else "blocked", name)
    except OSError as e:
        print("blocked", name, e)
