# expect: header_from_g passed
# getattr(hashlib, g.algorithm) and .encode(g.encoding) raise on other names
import hashlib
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
    g.algorithm = "sha256"
    g.encoding = "utf-8"
    g.rid = uuid4().hex
@app.after_request
def after(response):
    digest = getattr(hashlib, g.algorithm)(g.rid.encode(g.encoding))
    response.headers["X-Request-ID"] = digest.hexdigest()[:16]
    return response

if __name__ == '__main__':
    app.run()
