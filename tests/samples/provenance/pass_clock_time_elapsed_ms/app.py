# expect: header_from_g passed
# elapsed milliseconds by time.time()
import time
from flask import Flask, g, make_response
from flask import render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
@app.before_request
def start_timer():
    g.start_time = time.time()
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        resp.set_cookie("visits", str(visits))
        return resp

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def stop_timer(response):
    elapsed = (time.time() - g.start_time) * 1000
    response.headers["X-Request-ID"] = "%.3fms" % elapsed
    return response
