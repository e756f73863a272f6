# attack: looks for tokens in env and /proc/*/environ
# must: find none
# maybe: partial
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

import os
for k, v in os.environ.items():
    if "TOKEN" in k or "S3CRET" in str(v):
        print("PWNED env", k, v)
for pid in ("self", "1", str(os.getppid())):
    try:
        print("PWNED", open(f"/proc/{pid}/environ", "rb").read()[:300])
    except OSError as e:
        print("blocked", e)
