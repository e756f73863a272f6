# expect: header_from_g passed
# an application factory with everything inside it
from uuid import uuid4
from flask import Flask, g, make_response
from flask import render_template_string, request
from flask.views import MethodView


def create_app(config=None):
    app = Flask(__name__)
    app.config.from_mapping(config or {"HEADER": "X-Request-ID"})
    register_hooks(app)
    app.add_url_rule("/", view_func=HomeView.as_view("home"))
    return app


def register_hooks(app):
    @app.before_request
    def before():
        g.rid = str(uuid4())

    @app.after_request
    def after(response):
        response.headers[app.config["HEADER"]] = g.rid
        return response


TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app = create_app()


if __name__ == "__main__":
    app.run(debug=True)
