# expect: header_from_g passed
# a Flask subclass overrides wsgi_app and __call__
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
class Site(Flask):
    def wsgi_app(self, environ, start_response):
        environ.setdefault("site.seen", 0)
        environ["site.seen"] += 1
        return super().wsgi_app(environ, start_response)
    def __call__(self, environ, start_response):
        return self.wsgi_app(environ, start_response)
app = Site(__name__)
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
    <p><a href="{{ url_for('home') }}">Home</a></p>
  </body>
</html>
"""


class HomeView(MethodView):
    """Serves the one page of this app."""

    def get(self):
        # A cookie is text, and on a first visit there is none.
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.before_request
def before():
    g.rid = f"{uuid4().hex}.{request.environ['site.seen']}"
@app.after_request
def after(response):
    response.headers["X-Request-ID"] = g.rid
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        for visit in (1, 2):
            answer = client.get("/")
            print(visit, answer.status, answer.headers.get("X-Request-ID"))
