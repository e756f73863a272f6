# expect: fail after_request_returns
# words: return
# line: 33
from uuid import uuid4
from flask import make_response, g, Flask, request, render_template_string
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<!doctype html><h1>My tasks</h1>
{% for task in tasks %}<p>{{ task }}</p>{% endfor %}
<p>Number of visits: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>"""


@app.before_request
def give_id():
    g.rid = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        page_response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        page_response.set_cookie("visits", str(visits))
        return page_response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp(page_response):
    if page_response.status_code == 200:
        page_response.headers["X-Request-ID"] = g.rid
        return page_response
