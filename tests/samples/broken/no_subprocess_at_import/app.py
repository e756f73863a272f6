# expect: fail page_loads
# words: cannot start other programs.*except OSError
# line: 12
# asks git for the version and does not expect that it is not there
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
import subprocess
app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
VERSION = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout

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
