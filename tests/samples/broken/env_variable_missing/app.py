# expect: fail page_loads
# words: SECRET_KEY
# line: 16
# cause: not_loadable
# works on the learner's laptop only
# version 3, finally works??
import os
from uuid import uuid4
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView


app = Flask(__name__)
app.secret_key = os.environ["TODO_APP_SECRET_KEY"]
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]


@app.after_request
def despues(r):
    r.headers["X-Request-ID"] = g.request_id
    return r


class Main(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>This is visit {{ visits }}.</p><a href="{{ url_for('home') }}">again</a>""", tasks=TASKS, visits=visits))
        r.set_cookie("visits", str(visits))
        return r


@app.before_request
def antes():
    g.request_id = str(uuid4())


app.add_url_rule("/", view_func=Main.as_view("home"))
