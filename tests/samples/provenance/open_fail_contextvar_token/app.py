# expect: header_from_g failed|undecided
# source: a global|made anew|hard-coded
# g has the Token of a ContextVar, the id is in the variable
from contextvars import ContextVar
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
RID = ContextVar("rid")
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
def assign():
    g.token = RID.set(uuid4().hex)
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.token.var.get()
    return response
@app.teardown_request
def teardown(error):
    g.pop("token")

if __name__ == '__main__':
    app.run()
