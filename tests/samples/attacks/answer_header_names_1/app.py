# attack: names headers as nobody may, and gives them such values
# must: refuse them as the app's fault
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

    headers = [("X-A\r\nSet-Cookie: a", "b"), ("X-A", "b\r\nX-Request-ID: c"), ("", ""), ("X\0", "y"), ("Ünïcode", "ż"), (" X ", "y"),
               ("X-A", "b\nc"), ("X:Y", "z"), ("X-A", "\ud800"), (None, 1), ("Content-Length", "-1"), ("Content-Type", "a;" * 9000),
               ("Content-Type", "text/html; charset=utf-7"), ("Content-Type", "\x00"), ("Content-Encoding", "gzip"), ("Date", "x" * 60_000)]
    start_response("200 OK", [("X-Request-ID", "x"), headers[n % len(headers)]])
    return [b"<p>x</p>"]

app.wsgi_app = raw
