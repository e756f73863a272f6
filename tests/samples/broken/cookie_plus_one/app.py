# expect: fail visit_count
# words: int\(|text|string
# line: 30
# version 3, finally works??
import secrets
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.after_request
def stamp_request_id(page_response):
    page_response.headers["X-Request-ID"] = g.current_id
    return page_response


@app.before_request
def assign_request_id():
    g.current_id = secrets.token_hex(10)


class RootView(MethodView):
    def get(self):
        visit_number = request.cookies.get("visits", 0)
        visit_number = visit_number + 1
        page = """<h1>My tasks</h1>
        <p>Visits: {{ visit_number }}</p>
        <ol>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ol>
        <a href="{{ url_for('home') }}">Back to start</a>"""
        page_response = make_response(render_template_string(page, tasks=TASKS, visit_number=visit_number))
        page_response.set_cookie("visits", str(visit_number))
        return page_response


app.add_url_rule("/", view_func=RootView.as_view("home"))
