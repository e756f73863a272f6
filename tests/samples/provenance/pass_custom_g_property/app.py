# expect: header_from_g passed
# a property of the g class, derived from what is stored
from uuid import uuid4
from flask.ctx import _AppCtxGlobals
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
class Globals(_AppCtxGlobals):
    @property
    def short_id(self):
        return self.uuid.hex[:10]
app = Flask(__name__)
app.app_ctx_globals_class = Globals
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

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

@app.before_request
def before():
    g.uuid = uuid4()
@app.after_request
def after(response):
    response.headers["X-Request-ID"] = g.short_id
    return response


if __name__ == "__main__":
    app.run(debug=True)
