# attack: redirects to addresses that are none
# must: say that it redirects
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
from flask import Response
places = cycle([None, None, "http://[::1", "//evil.example", "javascript:x", "\\\\x", "http://x:99999/", "?" * 5000, "", "//", "\x01", "http://\ud800/"])
@app.before_request
def away():
    place = next(places)
    if place is not None:  # let the first check pass: the others wait for it
        return Response(status=302, headers={"Location": place})
