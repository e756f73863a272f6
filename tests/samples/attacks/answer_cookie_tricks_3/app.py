# attack: sets cookies that parsers stumble over
# must: break nowhere
# check: page_loads passed
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = __TASKS__
PAGE = """<!doctype html><title>My tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
@app.before_request
def tag():
    g.request_id = uuid.uuid4().hex
class HomeView(MethodView):
    def get(self):
        return make_response(render_template_string(PAGE, tasks=TASKS))
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = "placeholder"
    return response

from itertools import count
number = count()
usual = app.wsgi_app
def raw(environ, start_response):
    n = next(number)
    if n < 2:  # let the first check pass: the others wait for it
        return usual(environ, start_response)

    cookies = ['visits="\\061"', "visits=1; Max-Age=99999999999999999999", "visits=1; Expires=Thu, 32 Foo 99999 99:99:99 GMT",
               "visits=1; Domain=.com", "visits=1; Domain=" + "a." * 1500, "visits=1; Path=/x", "visits", "=1", ";", "visits=1;;;;=;", "",
               'visits="' + "\\" * 4000, "visits=" + "\\1" * 2000 + '"', "visits=\xff", "visits=1; Max-Age=-1", "visits=1; Max-Age=1e9",
               "visits=" + "9" * 4000, "visits=1; Domain=localhost; Path=" + "/" * 4000, "visits=\ud800", "vis\tits=1", "visits=%00%0d%0a",
               "visits=1; Expires=" + "1" * 4000, "visits=1; SameSite=\u202e", "visits=1_0", "visits=\u0661", "visits=+1", "visits= 1"]
    start_response("200 OK", [("Content-Type", "text/html"), ("Set-Cookie", cookies[(n + 20) % len(cookies)])])
    return [b"<p>Visit 1</p>"]

app.wsgi_app = raw
