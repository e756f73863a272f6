# attack: answers with statuses that are none
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

    statuses = ["99 Low", "1000 High", "abc", "", "200 OK\r\nX: y", "-200 OK", "2 00", "٢٠٠ OK", "200" + " OK" * 100_000, 200, None,
                b"200 OK", "\ud800", "200\0OK", "0200 OK", "+20 OK", "100 Continue", "999 Odd", "204 No Content", "304 Not Modified"]
    start_response(statuses[(n + 10) % len(statuses)], [("Content-Type", "text/html")])
    return [b"<p>x</p>"]

app.wsgi_app = raw
