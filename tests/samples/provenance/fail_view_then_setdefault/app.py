# expect: header_from_g failed
# source: set in the view
# headers.setdefault in the after hook comes too late: the view has set one already
from uuid import uuid4
from flask import Flask, g, make_response
from flask import render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']
PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        response.headers["X-Request-ID"] = uuid4().hex
        return response
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.before_request
def assign():
    g.rid = uuid4().hex
@app.after_request
def stamp(response):
    response.headers.setdefault("X-Request-ID", g.rid)
    return response
