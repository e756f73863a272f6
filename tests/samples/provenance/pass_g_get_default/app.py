# expect: header_from_g passed
# g.get with a default that is never needed
from uuid import uuid4
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView
app = Flask(__name__)
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
def before():
    g.request_id = uuid4().hex
@app.after_request
def after(response):
    response.headers["X-Request-ID"] = g.get("request_id", "unknown")
    return response

if __name__ == '__main__':
    app.run()
