# expect: fail task_list
# words: comma|missing|Write the template
# line: 15
# two texts side by side become one
# my solution, please be kind
import uuid
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template"
    "Count the visits",
    "Stamp the header",
]

@app.before_request
def tag_request():
    g.token = uuid.uuid4().hex

class Main(MethodView):
    def get(self):
        visit_number = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<h2>Today</h2>
<ul>
        {%- for task in tasks %}
        <li><b>{{ task }}</b></li>
        {%- endfor %}
        </ul>
            <p><small>Besuch Nr. {{ visit_number }}</small></p><a href="{{ url_for('home') }}">again</a>""", tasks=TASKS, visit_number=visit_number))
        response.set_cookie("visits", str(visit_number))
        return response

app.add_url_rule("/", view_func=Main.as_view("home"))

@app.after_request
def tag_response(response):
    response.headers["X-Request-ID"] = g.token
    return response
