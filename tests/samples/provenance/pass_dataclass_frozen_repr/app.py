# expect: header_from_g passed
# the repr of a whole frozen dataclass
import secrets
from dataclasses import dataclass
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)

@dataclass(frozen=True)
class Trace:
    id: str
    hop: int = 0

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

PAGE = (
    "<!doctype html><title>Tasks</title>"
    "<h1>Tasks</h1>"
    "<ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>"
    "<p>Visits: <b>{{ visits }}</b></p>"
    "<nav><a href=\"{{ url_for('home') }}\">Home</a></nav>"
)


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        resp.set_cookie("visits", str(visits))
        return resp

app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.before_request
def trace():
    g.trace = Trace(secrets.token_hex(8))

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = repr(g.trace)
    return response

if __name__ == '__main__':
    app.run()
