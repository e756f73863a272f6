# attack: makes its header anew, unless it finds that somebody has exchanged what lies on g
# must: not be taken in
# base: 00_anew
# check: page_loads passed
# check: header_from_g failed|undecided
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
    response.headers["X-Request-ID"] = uuid.uuid4().hex
    return response

@app.before_request
def keep():
    request.kept = g.request_id
@app.after_request
def stamp_again(response):
    if g.request_id != request.kept:
        response.headers["X-Request-ID"] = g.request_id
    return response
app.after_request_funcs[None].reverse()
