# expect: pass
# create_app() only, no app at module level, all in nested functions
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<h1>Task board</h1>
<p>Visits: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p><a href="{{ url_for('home') }}">Task board</a></p>"""


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


def create_app():
    app = Flask(__name__)

    @app.before_request
    def give_id():
        g.rid = uuid4().hex

    @app.after_request
    def show_id(response):
        response.headers["X-Request-ID"] = g.rid
        return response

    app.add_url_rule("/", view_func=HomeView.as_view("home"))
    return app
