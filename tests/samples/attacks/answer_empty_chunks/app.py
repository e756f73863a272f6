# attack: sends a body of nothing, without end
# must: end it when its time is up
# cause: timed_out
# limits: load_seconds=2 request_seconds=1 run_seconds=3
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

    start_response("200 OK", [("Content-Type", "text/html")])
    return (b"" for _ in count())

app.wsgi_app = raw
