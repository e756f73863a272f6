# expect: fail visit_count
# words: new HomeView for each
# keeps the number on the view object
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
        # A cookie is text, and on a first visit there is none.
        if not request.cookies.get("visits"):
            self.count = 0
        self.count += 1
        visits = self.count
        # Only a response object can carry a cookie, so the page is wrapped in one.
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    """Runs after the view: puts a header on the response and hands it on."""
    response.headers["X-Request-ID"] = g.request_id
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        for visit in (1, 2):
            response = client.get("/")
            print(f"Visit {visit}:", response.status)
            print("  Cookie:", client.get_cookie("visits").value)
            print("  Header:", response.headers.get("X-Request-ID"))
        print(response.get_data(as_text=True))
