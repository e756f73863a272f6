# expect: fail visit_count
# words: page|same|one more
# line: 18
'''Task page'''
from uuid import uuid4
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


PAGE = """<!doctype html>
<h1>My tasks</h1>
<p>Visit number: 1</p>
<ul>
{% for task in tasks %}
<li>{{ task }}</li>
{% endfor %}
</ul>
<a href="{{ url_for('home') }}">Back to start</a>
"""


@app.after_request
def stamp_request_id(resp):
    resp.headers["X-Request-ID"] = g.request_id
    return resp


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex[:16]


class RootView(MethodView):
    def get(self):
        visit_number = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(PAGE, tasks=TASKS, visit_number=visit_number))
        resp.set_cookie("visits", str(visit_number))
        return resp


app.add_url_rule("/", view_func=RootView.as_view("home"))
