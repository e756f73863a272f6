# expect: header_from_g passed
# a function on g that remembers the id in its closure
from uuid import uuid4
from flask import current_app, Flask, g
from flask import render_template_string, request
from flask.views import MethodView

app = Flask(__name__)


def make_namer(rid):
    def namer(prefix):
        return prefix + rid
    return namer


TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

PAGE = (
    "<!doctype html><title>Tasks</title>"
    "<h1>Tasks</h1>"
    "<ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>"
    "<p>Visits: <b>{{ visits }}</b></p>"
    "<nav><a href=\"{{ url_for('home') }}\">Home</a></nav>"
)


class TaskPage(MethodView):
    methods = ["GET"]

    def get(self):
        n = request.cookies.get("visits", default=0, type=int) + 1
        answer = current_app.make_response(
            render_template_string(PAGE, tasks=TASKS, visits=n)
        )
        answer.set_cookie(key="visits", value=str(n), path="/")
        return answer

app.add_url_rule("/", view_func=TaskPage.as_view("home"))



@app.before_request
def before():
    g.namer = make_namer(uuid4().hex)


@app.after_request
def after(response):
    response.headers["X-Request-ID"] = g.namer("id-")
    return response
