# attack: lies about the length and the encoding of its body
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

    import gzip
    extra, body = [
        ([("Content-Length", "0")], b"<p>x"), ([("Content-Length", "99999999999")], b"<p>x"), ([("Content-Length", "x")], b"<p>x"),
        ([("Transfer-Encoding", "chunked")], b"ffffffff\r\n<p>x"), ([("Content-Encoding", "gzip")], gzip.compress(b"\0" * 10_000_000)),
        ([("Content-Length", "1"), ("Content-Length", "2")], b"<p>x"), ([("Content-Range", "bytes 9-1/0")], b""),
    ][n % 7]
    start_response("200 OK", [("Content-Type", "text/html"), *extra])
    return [body]

app.wsgi_app = raw
