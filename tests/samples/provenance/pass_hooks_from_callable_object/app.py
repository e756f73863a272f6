# expect: header_from_g passed
# the hooks are a callable object and a bound method
from uuid import uuid4
from flask import Flask, g, render_template_string
from flask import request, Response
from flask.views import MethodView
class Stamp:
    def __init__(self, header):
        self.header = header
    def begin(self):
        g.rid = uuid4().hex
    def __call__(self, response):
        response.headers[self.header] = g.rid
        return response
app = Flask(__name__)
stamp = Stamp("X-Request-ID")
app.before_request(stamp.begin)
app.after_request(stamp)
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
