# expect: header_from_g failed
# source: hard-coded
# a constant on a class
from uuid import uuid4
from flask import (
    Flask,
    g,
    render_template_string,
    request,
    Response,
)
from flask.views import MethodView
app = Flask(__name__)
class Config:
    REQUEST_ID = "f00dcafe"
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']
PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""

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
def assign():
    g.rid = uuid4().hex
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = Config.REQUEST_ID
    return response
