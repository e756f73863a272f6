# expect: fail task_list
# words: order
# line: 21
# TODO clean this up later
from uuid import uuid4
from flask import render_template_string, Flask, g, request, make_response
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def hook_one():
    g.token = uuid4().hex

class Main(MethodView):
    def get(self):
        visit_number = int(request.cookies.get("visits", "0")) + 1
        rsp = make_response(render_template_string("""
            <ul>
            {% for task in tasks|reverse %}
                <li>{{ task }}</li>
            {% endfor %}
            </ul>
            <p>Visits: {{ visit_number }}</p><a href="{{ url_for('home') }}">click me</a>""", tasks=TASKS, visit_number=visit_number))
        rsp.set_cookie("visits", str(visit_number))
        return rsp

app.add_url_rule("/", view_func=Main.as_view("home"))

@app.after_request
def hook_two(rsp):
    rsp.headers["X-Request-ID"] = g.token
    return rsp
