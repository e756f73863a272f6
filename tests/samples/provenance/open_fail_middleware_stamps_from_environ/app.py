# expect: header_from_g failed|undecided
# source: the request|made anew
# middleware makes the id and writes the header itself; Flask's hooks only look on
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
def with_id(inner):
    def wsgi(environ, start_response):
        environ["request.id"] = uuid4().hex
        def start(status, headers, exc_info=None):
            return start_response(status, [*headers, ("X-Request-ID", environ["request.id"])], exc_info)
        return inner(environ, start)
    return wsgi
app.wsgi_app = with_id(app.wsgi_app)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']
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
    <p><a href="{{ url_for('home') }}">Home</a></p>
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
def assign():
    g.rid = request.environ["request.id"]
@app.after_request
def look_on(response):
    app.logger.debug("request %s", g.rid)
    return response
