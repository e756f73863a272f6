# expect: fail home_link
# words: url_for|\{\{
# line: 18
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

PAGE = """
<ul>
    {% for task in tasks %}
    <li>{{ task }}</li>
    {% endfor %}
</ul>
<p>counter = {{ num }}</p>
<a href="url_for('home')">Home</a>
"""

@app.before_request
def new_request():
    g.request_id = uuid4().hex[:16]

class Home(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_string(PAGE, tasks=TASKS, num=num))
        r.set_cookie("visits", str(num))
        return r

@app.after_request
def show_request_id(r):
    r.headers["X-Request-ID"] = g.request_id
    return r

app.add_url_rule("/", view_func=Home.as_view("home"))
