# expect: header_from_g failed|undecided
# source: replaced
# before_request replaces finalize_request on the app's own class
from uuid import uuid4
from flask import current_app, Flask, g
from flask import render_template_string, request
from flask.views import MethodView
class Site(Flask):
    pass
app = Site(__name__)
def finalize(self, rv, from_error_handler=False):
    response = Flask.finalize_request(self, rv, from_error_handler)
    response.headers["X-Request-ID"] = uuid4().hex
    return response
@app.before_request
def assign():
    g.rid = uuid4().hex
    type(app).finalize_request = finalize
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
    with app.test_client() as client:
        for visit in (1, 2):
            answer = client.get("/")
            print(visit, answer.status, answer.headers.get("X-Request-ID"))
