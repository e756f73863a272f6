# expect: header_from_g passed
# nested blueprints: the outer one sets g, the inner one stamps
from uuid import uuid4
from flask import (
    Blueprint,
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView
outer = Blueprint("outer", __name__)
inner = Blueprint("inner", __name__)
@outer.before_request
def before():
    g.rid = uuid4().hex
@inner.after_request
def after(response):
    response.headers["X-Request-ID"] = g.rid
    return response
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

PAGE = """<!doctype html>
<html lang="en">
  <head><title>My tasks</title></head>
  <body>
    <h1>My tasks</h1>
    <p>Visit number: {{ visits }}</p>
    <ul>
      {% for task in tasks %}
      <li>{{ task }}</li>
      {% endfor %}
    </ul>
    <p><a href="{{ url_for('outer.inner.home') }}">Home</a></p>
  </body>
</html>
"""


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

inner.add_url_rule("/", view_func=HomeView.as_view("home"))

outer.register_blueprint(inner)
app = Flask(__name__)
app.register_blueprint(outer)
