"""A dynamic web app: one page that knows its visitor, and one header on every response.

Run it with `python app.py`, in the folder where it is: it asks itself for the page and prints what came back.
Two things are still to do, each marked TODO. `checkpoint grade`, typed there, tells how far you are.
"""

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
        #   Read the cookie named "visits" (request.cookies). On a first visit there is none.
        #   Add one, show the number on the page, and send the cookie back with the new number.
        visits = "not counted yet"
        return make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    """Runs after the view: puts a header on the response and hands it on."""
    # TODO 2: the header's value must be the id that assign_request_id kept on g.
    response.headers["X-Request-ID"] = "placeholder"
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        response = client.get("/")
        print("Status: ", response.status)
        print("Header: ", response.headers.get("X-Request-ID"))
        print(response.get_data(as_text=True))
