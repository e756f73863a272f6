# expect: header_from_g passed
# put on g by a context manager around the view's work
import contextlib
import time
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']
PAGE = (
    "<!doctype html><title>Tasks</title>"
    "<h1>Tasks</h1>"
    "<ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>"
    "<p>Visits: <b>{{ visits }}</b></p>"
    "<nav><a href=\"{{ url_for('home') }}\">Home</a></nav>"
)
@contextlib.contextmanager
def traced(name):
    g.trace = {"name": name, "id": uuid4().hex}
    begin = time.perf_counter()
    try:
        yield g.trace
    finally:
        g.trace["took"] = time.perf_counter() - begin
class HomeView(MethodView):
    def get(self):
        with traced("home"):
            visits = int(request.cookies.get("visits", "0")) + 1
            response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
            response.set_cookie("visits", str(visits))
            return response
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.after_request
def after(response):
    response.headers["X-Request-ID"] = "{name}:{id}:{took:.6f}".format(**g.trace)
    return response
