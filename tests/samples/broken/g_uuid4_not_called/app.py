# expect: fail header_fresh
# words: same|every|different|own|\(\)|call
# line: 18
# uuid4 without (): the function itself is on g
from uuid import uuid4
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView


app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']


@app.before_request
def remember_id():
    g.current_id = uuid4


class HomeView(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_string(
            """<h1>My tasks</h1>
<ol>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ol>
            <p>Number of visits: {{n}}</p><a href="{{ url_for('home') }}">Start page</a>""", tasks=TASKS, n=n))
        r.set_cookie("visits", str(n))
        return r


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def add_header(r):
    r.headers["X-Request-ID"] = str(g.current_id)
    return r
