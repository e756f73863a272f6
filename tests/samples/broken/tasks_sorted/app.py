# expect: fail task_list
# words: order
from uuid import uuid4
from flask.views import MethodView
from flask import Flask, request, make_response, g, render_template_string


app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']
PAGE = """{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
<p>Visits: {{ visit_count }}</p><a href="{{ url_for('home') }}">Start page</a>"""


class TodoList(MethodView):
    def get(self):
        visit_count = int(request.cookies.get("visits", "0")) + 1
        tasks = sorted(TASKS)
        r = make_response(render_template_string(PAGE, tasks=tasks, visit_count=visit_count))
        r.set_cookie("visits", str(visit_count))
        return r


app.add_url_rule("/", view_func=TodoList.as_view("home"))


@app.after_request
def tag_response(r):
    r.headers["X-Request-ID"] = g.req
    return r


@app.before_request
def tag_request():
    g.req = str(uuid4())
