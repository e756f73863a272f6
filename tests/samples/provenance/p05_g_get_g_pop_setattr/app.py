# 05 g.get / g.pop / setattr
# expect: header_from_g passed
import uuid, time, datetime, hashlib, itertools, types, threading, contextvars, dataclasses
from flask import *
from flask.views import MethodView
app = Flask(__name__)
app.secret_key = "k"

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.before_request
def b():
    setattr(g, 'x', uuid.uuid4().hex)
@app.after_request
def a(r):
    r.headers["X-Request-ID"] = g.pop('x', '')
    return r
