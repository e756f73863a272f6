# attack: takes memory by other ways than objects: maps, shared maps, pipes, pairs
# must: bounded
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

import mmap, os, socket
got = 0
for flags in (mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS):
    maps = []
    try:
        for _ in range(64):
            maps.append(mmap.mmap(-1, 1 << 24, flags=flags))
            maps[-1][:: 4096] = b"x" * 4096
            got += 1 << 24
    except (OSError, MemoryError) as e:
        print("blocked", e)
    if got > 1 << 29:
        print("PWNED", got)
    got = 0
ends = []
try:
    while True:
        ends.append(os.pipe())
        ends.append([s.detach() for s in socket.socketpair()])
except OSError as e:
    print("blocked", len(ends), e)
if len(ends) > 2000:
    print("PWNED", len(ends))
for pair in ends:
    for fd in pair:
        os.close(fd)
