# expect: fail visit_per_visitor
# words: global|share|each|module|cookie
from uuid import uuid4
from flask import make_response, Flask, g, request, render_template_string
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
visits = 0

@app.before_request
def hook_one():
    g.request_id = uuid4().hex[:16]

class IndexView(MethodView):
    def get(self):
        global visits
        visits += 1
        r = make_response(render_template_string(
            """<h1>Hello</h1><p>Hello! Visit <b>{{ visits }}</b></p>
            <ul>
        {%- for task in tasks %}
        <li><b>{{ task }}</b></li>
        {%- endfor %}
        </ul>
            <a href="{{ url_for('home') }}">home</a>""", tasks=TASKS, visits=visits))
        r.set_cookie("visits", str(visits))
        return r

app.add_url_rule("/", view_func=IndexView.as_view("home"))

@app.after_request
def hook_two(r):
    r.headers["X-Request-ID"] = g.request_id
    return r
