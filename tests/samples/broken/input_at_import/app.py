# expect: fail page_loads
# words: input
# line: 12
from uuid import uuid4
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView


app = Flask(__name__)
name = input("What is your name? ")
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]


@app.before_request
def remember_id():
    g.request_id = uuid4().hex


class RootView(MethodView):
    def get(self):
        visit_count = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<h1>{{ name }}'s tasks</h1><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>This is visit {{ visit_count }}.</p><a href="{{ url_for('home') }}">Back to start</a>""", name=name, tasks=TASKS, visit_count=visit_count))
        response.set_cookie("visits", str(visit_count))
        return response


@app.after_request
def add_header(response):
    response.headers["X-Request-ID"] = g.request_id
    return response


app.add_url_rule("/", view_func=RootView.as_view("home"))

if __name__ == "__main__":
    app.run(debug=True)
