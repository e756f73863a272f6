# attack: starts processes as Python does
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

import concurrent.futures, multiprocessing, os, pty
def child():
    os._exit(0)
def forked():
    if os.fork() == 0:
        os._exit(0)
def in_terminal():
    if os.forkpty()[0] == 0:
        os._exit(0)
def spawned(method):
    process = multiprocessing.get_context(method).Process(target=child)
    process.start()
for name, way in {
    "fork": forked, "forkpty": in_terminal, "multiprocessing fork": lambda: spawned("fork"),
    "multiprocessing spawn": lambda: spawned("spawn"), "multiprocessing forkserver": lambda: spawned("forkserver"),
    "pool": lambda: concurrent.futures.ProcessPoolExecutor(1).submit(child), "pty": lambda: pty.spawn(["/bin/true"]),
}.items():
    try:
        way()
        print("PWNED", name)
    except (OSError, NotImplementedError) as e:
        print("blocked", name, e)
