# expect: header_from_g passed
# a dataclass whose __post_init__ refuses bad values
import secrets
from dataclasses import dataclass, field, InitVar
from flask import Flask, g, make_response
from flask import render_template_string, request
from flask.views import MethodView
app = Flask(__name__)

@dataclass(frozen=True)
class RequestId:
    value: str
    strict: InitVar[bool] = True
    tags: tuple = field(default=(), repr=False)

    def __post_init__(self, strict):
        if strict and len(self.value) != 12:
            raise ValueError("a request id has twelve characters")

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

class HomeView(MethodView):
    def get(self):
        before = request.cookies.get('visits')
        if before is None:
            visits = 1
        else:
            visits = int(before) + 1
        page = render_template_string(PAGE, tasks=TASKS, visits=visits)
        response = make_response(page, 200)
        response.set_cookie('visits', f'{visits}', max_age=60 * 60 * 24)
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.before_request
def b():
    g.rid = RequestId(secrets.token_hex(6))

@app.after_request
def a(response):
    response.headers["X-Request-ID"] = g.rid.value
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        for visit in (1, 2):
            answer = client.get("/")
            print(visit, answer.status, answer.headers.get("X-Request-ID"))
