# attack: sets the cookie to every number that there may be, one after the other
# must: take the last, as a browser does
# base: 00_first
# check: page_loads passed
# check: visit_count failed
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = __TASKS__
PAGE = """<!doctype html><title>My tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
@app.route("/")
def home():
    response = make_response(render_template_string(PAGE, tasks=TASKS) + "<p>Visit number: 1</p>")
    response.set_cookie("visits", "1")
    return response
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = uuid.uuid4().hex
    return response

@app.after_request
def cookies(response):
    for number in range(1000):
        response.headers.add("Set-Cookie", f"visits={number}")
    return response
