# expect: header_from_g passed
# two names on g for one list; the header comes by way of the second
from uuid import uuid4
from flask import Flask, g, render_template_string, request
from flask.views import MethodView
from werkzeug.http import dump_cookie
app = Flask(__name__)
@app.before_request
def before():
    g.parts = []
    g.alias = g.parts
    g.parts.append("r")
    g.parts.append(uuid4().hex)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""

class HomeView(MethodView):
    def get(self):
        visits = 1 + int(request.cookies.get("visits") or 0)
        body = render_template_string(PAGE, tasks=TASKS, visits=visits)
        return body, 200, {"Set-Cookie": dump_cookie("visits", str(visits))}

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def after(response):
    response.headers["X-Request-ID"] = "-".join(g.alias)
    return response
