# expect: fail header_present
# words: after_request|teardown
# line: 32
import uuid
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.before_request
def start():
    g.req = uuid.uuid4().hex

class RootView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<!doctype html>
<body><h1>Today</h1>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Number of visits: {{visits}}</p><p><a href="{{ url_for('home') }}">&larr; back</a></p></body>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=RootView.as_view("home"))

@app.teardown_request
def end(response):
    if response:
        response.headers["X-Request-ID"] = g.req
    return response
