# expect: fail task_list
# words: missing|empty|no task|Sketch the page
# line: 14
# the template asks for task_list, the view passes tasks: Jinja loops over nothing
# Exercise 1, a dynamic web app
from uuid import uuid4
from flask import *
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<h1>My tasks</h1>
<ul>
{% for task in task_list %}
    <li>{{ task }}</li>
{% endfor %}
</ul>
<p>counter = {{ count }}</p>
<a href="{{ url_for('home') }}">Back to start</a>"""

@app.after_request
def despues(rsp):
    rsp.headers["X-Request-ID"] = g.req
    return rsp

class Accueil(MethodView):
    def get(self):
        count = int(request.cookies.get("visits", "0")) + 1
        rsp = make_response(render_template_string(PAGE, tasks=TASKS, count=count))
        rsp.set_cookie("visits", str(count))
        return rsp

@app.before_request
def antes():
    g.req = uuid4().hex[:16]

app.add_url_rule("/", view_func=Accueil.as_view("home"))
