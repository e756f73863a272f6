# expect: header_from_g passed
# only the first eight characters are shown
import uuid
from flask import (
    Flask,
    g,
    render_template_string,
    request,
)
from flask.views import MethodView
from werkzeug.http import dump_cookie

app = Flask(__name__)

@app.before_request
def start():
    g.rid = str(uuid.uuid4())

TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

PAGE = (
    "<!doctype html><title>Tasks</title>"
    "<h1>Tasks</h1>"
    "<ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>"
    "<p>Visits: <b>{{ visits }}</b></p>"
    "<nav><a href=\"{{ url_for('home') }}\">Home</a></nav>"
)


class HomeView(MethodView):
    def get(self):
        visits = 1 + int(request.cookies.get("visits") or 0)
        body = render_template_string(PAGE, tasks=TASKS, visits=visits)
        return body, 200, {"Set-Cookie": dump_cookie("visits", str(visits))}

app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def finish(resp):
    resp.headers['X-Request-ID'] = g.rid[:8]
    return resp
