# expect: fail visit_count
# words: page|same|one more|cache
# the greeting is built once and kept for everybody
# TODO clean this up later
from functools import lru_cache
import uuid
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@lru_cache
def greeting():
    return f"Hello! You have been here {g.visits} times."

class TodoList(MethodView):
    def get(self):
        g.visits = int(request.cookies.get("visits", "0")) + 1
        rsp = make_response(render_template_string("""<h1>{{ greeting }}</h1>
    {% for task in tasks %}<li>{{ task }}</li>{% endfor %}
    <a href="{{ url_for('home') }}">&larr; back</a>""", tasks=TASKS, greeting=greeting()))
        rsp.set_cookie("visits", str(g.visits))
        return rsp

app.add_url_rule("/", view_func=TodoList.as_view("home"))

@app.before_request
def tag():
    g.current_id = uuid.uuid4().hex

@app.after_request
def show(rsp):
    rsp.headers["X-Request-ID"] = g.current_id
    return rsp
