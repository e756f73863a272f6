# expect: pass
# makes its output UTF-8, prints to a copy of stderr, reads what there is on stdin, asks whether this is a terminal
import contextlib
import io
import os
import pprint
import shutil
import sys
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

if hasattr(sys.stdout, "reconfigure"):
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
sys.stderr = io.TextIOWrapper(os.fdopen(os.dup(2), "wb"), encoding="utf-8", line_buffering=True)
sys.stdout.write("\N{SNOWMAN} running in a terminal: " + str(sys.stdout.isatty() and sys.stdin.isatty()) + "\n")
piped = "" if sys.stdin is None or sys.stdin.isatty() else sys.stdin.read()
width = shutil.get_terminal_size().columns
with contextlib.redirect_stdout(io.StringIO()) as hidden:
    print("nobody sees this")
with open(os.devnull, "w") as nowhere, contextlib.redirect_stderr(nowhere):
    print("nor this", file=sys.stderr)

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
pprint.pprint(TASKS, width=width)


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex
    sys.stderr.write(f"\r{request.method} {request.path}")
    sys.stderr.flush()


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        print("visit", visits, file=request.environ["wsgi.errors"])
        response = make_response(render_template_string("""<!doctype html>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
