# expect: fail task_list
# words: list|loop|for
# line: 18
# my solution, please be kind
from uuid import uuid4
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<h1>My tasks</h1>
<p>{{ tasks }}</p>
<p>counter = {{ n }}</p>
<a href="{{ url_for('home') }}">&larr; back</a>"""

@app.before_request
def remember_id():
    g.token = str(uuid4())

class MyView(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        res = make_response(render_template_string(PAGE, tasks=TASKS, n=n))
        res.set_cookie("visits", str(n))
        return res

app.add_url_rule("/", view_func=MyView.as_view("home"))

@app.after_request
def add_header(res):
    res.headers["X-Request-ID"] = g.token
    return res
