# expect: fail page_loads
# words: my_templates
# line: 10
# cause: not_loadable
# my_templates.py was not handed in
# Ann, group B
from uuid import uuid4
from flask import make_response, request, Flask, g, render_template_string
from flask.views import MethodView
from my_templates import PAGE


app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']


@app.after_request
def end_request(res):
    res.headers["X-Request-ID"] = g.request_id
    return res


class TodoList(MethodView):
    def get(self):
        visit_count = int(request.cookies.get("visits", "0")) + 1
        res = make_response(render_template_string(PAGE, tasks=TASKS, visit_count=visit_count))
        res.set_cookie("visits", str(visit_count))
        return res


@app.before_request
def start_request():
    g.request_id = uuid4().hex


app.add_url_rule("/", view_func=TodoList.as_view("home"))
