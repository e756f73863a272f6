# attack: sends back every cookie, header and argument that it is sent, in every place
# must: not accept that something occurs somewhere
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
def echo(response):
    everything = " ".join([*request.cookies.values(), *request.headers.values(), *request.args.values(), request.url])
    response.set_data(response.get_data(as_text=True) + f"<p>{everything}</p><a href='{request.url}'>x</a>")
    for name, value in request.cookies.items():
        response.set_cookie(name, value)
    return response
