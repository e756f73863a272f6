# expect: header_from_g passed|undecided
# an id that is not noted in the global set gets no header at all: it moves by going away
from uuid import uuid4
from flask import Flask, g, render_template_string, request, Response
from flask.views import MethodView
app = Flask(__name__)
RUNNING = set()
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
def assign():
    g.rid = uuid4().hex
    RUNNING.add(g.rid)
@app.after_request
def stamp(response):
    if g.rid in RUNNING:
        response.headers["X-Request-ID"] = g.rid
        RUNNING.discard(g.rid)
    return response

if __name__ == '__main__':
    app.run()
