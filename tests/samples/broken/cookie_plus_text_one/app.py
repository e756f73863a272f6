# expect: fail visit_count
# words: int\(|text|string|11
# line: 19
from uuid import uuid4
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


class TodoList(MethodView):
    """Start page"""


    def get(self):
        # "1" and not 1, because of: can only concatenate str (not "int") to str
        v = request.cookies.get("visits", "") + "1"
        r = make_response(render_template_string("""<html>
<p>{{ v }} visits so far</p>
{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
<a href="{{ url_for('home') }}">Start page</a></html>""", tasks=TASKS, v=v))
        r.set_cookie("visits", v)
        return r


app.add_url_rule("/", view_func=TodoList.as_view("home"))


@app.before_request
def b():
    g.rid = uuid4().hex


@app.after_request
def a(r):
    r.headers["X-Request-ID"] = g.rid
    return r
