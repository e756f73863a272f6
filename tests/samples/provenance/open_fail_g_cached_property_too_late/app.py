# expect: header_from_g failed|undecided
# source: g set too late|made anew
# a cached_property of the g class, first asked for in the after hook
from functools import cached_property
from uuid import uuid4
from flask.ctx import _AppCtxGlobals
from flask import current_app, Flask, g
from flask import render_template_string, request
from flask.views import MethodView
class Globals(_AppCtxGlobals):
    @cached_property
    def rid(self):
        return uuid4().hex
app = Flask(__name__)
app.app_ctx_globals_class = Globals
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


class TaskPage(MethodView):
    methods = ["GET"]

    def get(self):
        n = request.cookies.get("visits", default=0, type=int) + 1
        answer = current_app.make_response(
            render_template_string(PAGE, tasks=TASKS, visits=n)
        )
        answer.set_cookie(key="visits", value=str(n), path="/")
        return answer

app.add_url_rule("/", view_func=TaskPage.as_view("home"))

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.rid
    return response


if __name__ == "__main__":
    app.run(debug=True)
