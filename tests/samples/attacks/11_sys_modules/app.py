# attack: looks for the checks in sys.modules
# must: there are none in the child
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

import sys
for name, m in list(sys.modules.items()):
    if any(w in name for w in ("pytest", "judge", "checks", "solution")):
        print("PWNED module", name)
    for k, v in list(vars(m).items()) if m else ():
        if isinstance(v, str) and "S3CRET" in str(v) and m.__name__ != "app":
            print("PWNED value", name, k)
