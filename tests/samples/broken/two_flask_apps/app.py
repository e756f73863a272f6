# expect: fail page_loads
# words: two|more than one|several|multiple|name
# cause: not_loadable
# Ann, group B
from uuid import uuid4
from flask import *
from flask.views import MethodView

todo = Flask("todo")
admin = Flask("admin")
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@todo.before_request
def generate_request_id():
    g.rid = str(uuid4())

class HomeView(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0")) + 1
        rsp = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>counter = {{ num }}</p><a href="{{ url_for('home') }}">home</a>""", tasks=TASKS, num=num))
        rsp.set_cookie("visits", str(num))
        return rsp

todo.add_url_rule("/", view_func=HomeView.as_view("home"))

@todo.after_request
def attach_request_id(rsp):
    rsp.headers["X-Request-ID"] = g.rid
    return rsp

@admin.route("/")
def secret():
    return "nothing here yet"
