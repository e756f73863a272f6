# expect: fail task_list
# words: list|loop|task
# line: 14
# {{ tasks }} inside the loop instead of {{ task }}
'''Task page'''
from uuid import uuid4
from flask import Flask, g, request, make_response, render_template_string
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<ul>
{% for task in tasks %}
  <li>{{ tasks }}</li>
{% endfor %}
</ul>
<p>This is visit {{ visits }}.</p>
<a href="{{ url_for('home') }}">Start page</a>"""

@app.before_request
def set_up():
    g.uid = str(uuid4())

class Home(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        res = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        res.set_cookie("visits", str(visits))
        return res

@app.after_request
def finish(res):
    res.headers["X-Request-ID"] = g.uid
    return res

app.add_url_rule("/", view_func=Home.as_view("home"))
