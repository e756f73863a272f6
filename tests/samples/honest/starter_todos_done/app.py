# expect: pass
# the starter with the two TODOs done and everything else, comments included, left as it was
"""A dynamic web app: one page that knows its visitor, and one header on every response."""

from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

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


@app.before_request
def assign_request_id():
    """Runs before the view: gives this request an id and keeps it on g."""
    g.request_id = uuid4().hex


class HomeView(MethodView):
    """Serves the one page of this app."""

    def get(self):
        # TODO 1: count the visits.
        visits = request.cookies.get("visits")
        # visits = "not counted yet"
        if not visits:
            visits = "0"
        visits = str(int(visits) + 1)
        resp = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        resp.set_cookie("visits", visits)
        return resp


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    # TODO 2: the header's value must be the id that assign_request_id kept on g.
    # response.headers["X-Request-ID"] = "placeholder"
    response.headers["X-Request-ID"] = g.request_id
    # return None
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        response = client.get("/")
        print("Status: ", response.status)
        print("Header: ", response.headers.get("X-Request-ID"))
        print(response.get_data(as_text=True))
