# expect: fail header_from_g
# words: view|after_request
# line: 32
# no after hook at all: the view writes the header itself
# my solution, please be kind
import uuid
from flask import *
from flask.views import MethodView


app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]


@app.after_request
def finish(res):
    return res


class HomePage(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        res = make_response(render_template_string(
            """<p>visit #{{ visits }}</p>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
            <a href="{{ url_for('home') }}">Back to start</a>""", tasks=TASKS, visits=visits))
        res.set_cookie("visits", str(visits))
        res.headers["X-Request-ID"] = uuid.uuid4().hex
        return res


@app.before_request
def set_up():
    g.token = uuid.uuid4().hex


app.add_url_rule("/", view_func=HomePage.as_view("home"))
