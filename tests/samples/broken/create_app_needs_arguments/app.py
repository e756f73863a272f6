# expect: fail page_loads
# words: create_app|argument
# cause: not_loadable
# line: 21
import uuid
from flask.views import MethodView
from flask import Flask, render_template_string, make_response, g, request

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

class TaskView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(
            """<h1>To do</h1>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>visit #{{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        resp.set_cookie("visits", str(visits))
        return resp

def create_app(name, secret_key):
    app = Flask(name)
    app.secret_key = secret_key

    @app.before_request
    def hook_one():
        g.request_number = uuid.uuid4().hex

    @app.after_request
    def hook_two(resp):
        resp.headers["X-Request-ID"] = g.request_number
        return resp

    app.add_url_rule("/", view_func=TaskView.as_view("home"))
    return app
