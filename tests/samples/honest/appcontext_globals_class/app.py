# expect: pass
# g's class is replaced (app_ctx_globals_class) by one with a method that makes the id
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.ctx import _AppCtxGlobals
from flask.views import MethodView


class Globals(_AppCtxGlobals):
    def begin(self):
        self.request_id = uuid4().hex


class TaskApp(Flask):
    app_ctx_globals_class = Globals


app = TaskApp(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def begin():
    g.begin()


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visit number: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def end(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
