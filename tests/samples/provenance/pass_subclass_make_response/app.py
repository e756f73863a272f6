# expect: header_from_g passed
# a Flask subclass overrides make_response (for another header), and the after hook stamps
from uuid import uuid4
from flask import Flask, g, render_template_string, request, Response
from flask.views import MethodView
class Site(Flask):
    def make_response(self, rv):
        if isinstance(rv, list):
            rv = {"items": rv}
        response = super().make_response(rv)
        response.headers["X-Frame-Options"] = "DENY"
        return response
app = Site(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

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

def read_visits() -> int:
    try:
        return int(request.cookies.get("visits", 0))
    except ValueError:
        return 0

class Home(MethodView):
    init_every_request = False

    def get(self) -> Response:
        number = read_visits() + 1
        html = render_template_string(PAGE, tasks=TASKS, visits=number)
        response = Response(html, mimetype="text/html")
        response.set_cookie("visits", str(number), httponly=True, samesite="Lax")
        return response

app.add_url_rule("/", view_func=Home.as_view("home"))

@app.before_request
def before():
    g.rid = uuid4().hex
@app.after_request
def after(response):
    response.headers["X-Request-ID"] = g.rid
    return response


if __name__ == "__main__":
    app.run(debug=True)
