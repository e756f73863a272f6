# attack: answers with types that WSGI does not know
# must: break nowhere
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

from itertools import count
number = count()
usual = app.wsgi_app
def raw(environ, start_response):
    n = next(number)
    if n < 2:  # let the first check pass: the others wait for it
        return usual(environ, start_response)

    class Text(str):
        def __str__(self):
            raise KeyboardInterrupt
    class Pair(tuple):
        def __iter__(self):
            raise SystemExit(0)
    n %= 9
    if n == 0:
        return None
    if n == 1:
        return [b"no start"]
    if n == 2:
        start_response("200 OK", {"X": "y"})
    elif n == 3:
        start_response("200 OK", [("a", "b", "c")])
    elif n == 4:
        start_response(Text("200 OK"), [(Text("a"), Text("b"))])
    elif n == 5:
        start_response("200 OK", [Pair(("a", "b"))])
    else:
        start_response("200 OK", [])
    return {6: "text", 7: [1, None, "x"], 8: [memoryview(b"x"), bytearray(b"y"), [1, 2, 300]]}.get(n, [b"x"])

app.wsgi_app = raw
