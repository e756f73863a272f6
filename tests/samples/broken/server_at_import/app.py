# expect: fail page_loads
# words: server|serve|__main__|too long|seconds|run_simple|permi|allowed
# line: 47
# run_simple, unlike app.run, is not skipped by Flask
# my solution, please be kind
import uuid
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView
from werkzeug.serving import run_simple

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.before_request
def generate_request_id():
    g.id = uuid.uuid4().hex

class TaskView(MethodView):
    def get(self):
        v = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<!doctype html>
<title>Tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>{{ v }} visits so far</p><a href="{{ url_for('home') }}">click me</a>""", tasks=TASKS, v=v))
        response.set_cookie("visits", str(v))
        return response

app.add_url_rule("/", view_func=TaskView.as_view("home"))

@app.after_request
def attach_request_id(response):
    response.headers["X-Request-ID"] = g.id
    return response

run_simple("localhost", 5057, app)
