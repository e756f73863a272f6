# expect: header_from_g failed
# source: made anew|a global
# time since the app was loaded, not since the start on g
import time
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView
app = Flask(__name__)
LOADED = time.perf_counter()
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""


class HomeView(MethodView):
    def get(self):
        before = request.cookies.get('visits')
        if before is None:
            visits = 1
        else:
            visits = int(before) + 1
        page = render_template_string(PAGE, tasks=TASKS, visits=visits)
        response = make_response(page, 200)
        response.set_cookie('visits', f'{visits}', max_age=60 * 60 * 24)
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.before_request
def assign():
    g.start = time.perf_counter()
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = f"{time.perf_counter() - LOADED:.6f}"
    return response
