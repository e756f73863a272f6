# attack: raises exceptions that lie, exit, print or never end when they are looked at
# must: take them for its own crash
# limits: load_seconds=2 request_seconds=1 run_seconds=8
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

from itertools import cycle
class Evil(Exception):
    __module__ = "jinja2.evil"
    lineno = 10**9
    source = "x" * 10_000_000
    name = "\ud800"
    def __str__(self):
        raise SystemExit(0)
    __repr__ = __str__
class Liar(Exception):
    @property
    def __class__(self):
        return SystemExit
    def __getattribute__(self, name):
        raise KeyboardInterrupt(name)
class Large(Exception):
    def __str__(self):
        return "\x1b[2J::error::\ud800" * 1_000_000
class Hanging(Exception):
    def __str__(self):
        import time
        time.sleep(600)
def circle():
    a, b = ValueError("a"), ValueError("b")
    a.__cause__, b.__cause__ = b, a
    return a
def group():
    e = ValueError("x")
    for _ in range(5000):
        e = ExceptionGroup("x", [e])
    return e
makers = cycle([None, None, Evil, Liar, Large, circle, group, lambda: KeyboardInterrupt("x"), lambda: GeneratorExit("x"), lambda: SystemExit("0"),
                lambda: SyntaxError("x", ("\0", 2**70, -1, "x" * 10**6, 0, 0)), lambda: ImportError(name="x" * 10**6, path="\ud800"),
                lambda: ModuleNotFoundError("x", name="a." * 1000), lambda: RecursionError("x"), MemoryError, StopIteration, Hanging])
@app.before_request
def fail():
    maker = next(makers)
    if maker is not None:  # let the first check pass: the others wait for it
        raise maker()
