# expect: header_from_g passed
# the user on g also lives in a global list that must stay as it is
from flask import (
    current_app,
    Flask,
    g,
    render_template_string,
    request,
)
from flask.views import MethodView
app = Flask(__name__)

class User:
    def __init__(self, name, number):
        self.name = name
        self.number = number

USERS = [User("ada", 1), User("grace", 2), User("alan", 3)]

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
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

@app.before_request
def log_in():
    g.user = USERS[1]

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = f"{g.user.name}-{g.user.number}"
    return response

@app.teardown_request
def unhurt(error):
    if [u.name for u in USERS] != ["ada", "grace", "alan"] or [u.number for u in USERS] != [1, 2, 3]:
        raise RuntimeError("the user list was changed")
