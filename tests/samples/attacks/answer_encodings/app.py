# attack: sends its page in other encodings than it says, and in none
# must: read what can be read
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

from itertools import cycle
from flask import Response
pages = cycle([(None, b""), (None, b""), ("text/html; charset=utf-16", "<p>1".encode("utf-16")), ("text/html", b"\xff\xfe\x80<p>1"), ("text/html; charset=x", b"<p>1"),
    ("text/html; charset=utf-7", b"+ADw-p+AD4-1"), ("text/html; charset=idna", b"xn--" + b"a" * 200_000), ("text/html", b"\xef\xbb\xbf<p>1"),
    ("text/html; charset=punycode", b"-" + b"a" * 200_000), ("text/html", b"\0" * 200_000), ("TEXT/HTML;;;charset", b"<p>1"), ("", b"")])
@app.after_request
def replace(response):
    kind, data = next(pages)
    if kind is None:  # let the first check pass: the others wait for it
        return response
    return Response(data, content_type=kind, headers={"X-Request-ID": "x"})
