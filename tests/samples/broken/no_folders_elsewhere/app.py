# expect: fail page_loads
# words: lies elsewhere|no part of the submission
# line: 12
# makes a folder for itself where it may not
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
import os
app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
os.makedirs("/proc/my-tasks/data", exist_ok=True)

@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1

        response = make_response(render_template_string("""<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
        <p>Visit number: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
