# attack: sets thousands of cookies at once
# must: read them in time, or refuse
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

    cookies = [f"c{i}=1" for i in range(7000)] if n % 3 else ["visits=1"] * 7500
    if n % 3 == 2:
        cookies = ["=;" * 2000] * 16
    start_response("200 OK", [("Content-Type", "text/html"), *(("Set-Cookie", c) for c in cookies)])
    return [b"<p>Visit 1</p>"]

app.wsgi_app = raw
