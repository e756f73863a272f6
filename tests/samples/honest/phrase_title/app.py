# expect: pass
# the visit number is only in the page's <title>: "(3) My tasks"
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<!doctype html>
<html><head><title>({{ visits }}) My tasks</title></head>
<body><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a></body></html>"""

@app.before_request
def assign():
    g.id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.id
    return response
