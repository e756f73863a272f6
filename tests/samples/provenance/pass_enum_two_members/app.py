# expect: header_from_g passed
# an enum of two members: it has one other value only
import enum
from flask import Flask, g, render_template_string, request, Response
from flask.views import MethodView

app = Flask(__name__)


class Visitor(enum.Enum):
    NEW = "new"
    KNOWN = "known"


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


def read_visits() -> int:
    try:
        return int(request.cookies.get("visits", 0))
    except ValueError:
        return 0


class Home(MethodView):
    init_every_request = False

    def get(self) -> Response:
        number = read_visits() + 1
        html = render_template_string(PAGE, tasks=TASKS, visits=number)
        response = Response(html, mimetype="text/html")
        response.set_cookie("visits", str(number), httponly=True, samesite="Lax")
        return response

app.add_url_rule("/", view_func=Home.as_view("home"))



@app.before_request
def classify():
    g.visitor = Visitor.KNOWN if request.cookies.get("visits") else Visitor.NEW


@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.visitor.value
    return response
