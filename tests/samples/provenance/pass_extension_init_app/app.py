# expect: header_from_g passed
# an extension class with init_app
from uuid import uuid4
from flask import current_app, Flask, g, make_response, render_template_string, request
from flask.views import MethodView

class RequestID:
    def __init__(self, app=None):
        if app is not None:
            self.init_app(app)

    def init_app(self, app):
        app.extensions["request_id"] = self
        app.before_request(self._before)
        app.after_request(self._after)

    def _before(self):
        g._request_id = uuid4().hex

    @property
    def current(self):
        return g._request_id

    def _after(self, response):
        response.headers["X-Request-ID"] = current_app.extensions["request_id"].current
        return response

request_id = RequestID()
app = Flask(__name__)
request_id.init_app(app)

TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

PAGE = """
<!doctype html>
<html lang="en">
<head>
  <title>My tasks</title>
</head>
<body>
  <nav><a href="{{ url_for('home') }}">Home</a></nav>
  <main>
    {# the list comes from Python #}
    <ul>
      {% for task in tasks %}
        <li class="task">{{ task|e }}</li>
      {% else %}
        <li>Nothing to do</li>
      {% endfor %}
    </ul>
    <p>This is visit {{ visits }} of yours.</p>
  </main>
</body>
</html>
"""


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        resp.set_cookie("visits", str(visits))
        return resp

app.add_url_rule("/", view_func=HomeView.as_view("home"))
