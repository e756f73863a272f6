# expect: pass
# get returns (html, status, headers), the cookie is written with dump_cookie
from uuid import uuid4
from flask import Flask, g, render_template_string, request
from flask.views import MethodView
from werkzeug.http import dump_cookie

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<!doctype html><h1>Tasks</h1>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
<p>visit: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>"""

@app.before_request
def g_id():
    g.r = uuid4().hex

class HomeView(MethodView):
    methods = ["GET"]
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        return render_template_string(PAGE, tasks=TASKS, visits=visits), 200, [("Set-Cookie", dump_cookie("visits", str(visits)))]

app.add_url_rule("/", view_func=HomeView.as_view("home"), methods=["GET"])

@app.after_request
def h_id(resp):
    resp.headers["X-Request-ID"] = g.r
    return resp
