# expect: header_from_g failed
# source: the request
# middleware makes the id and keeps it in the environ, the hook reads it there
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
class GiveId:
    def __init__(self, inner):
        self.inner = inner
    def __call__(self, environ, start_response):
        environ["request.id"] = uuid4().hex
        return self.inner(environ, start_response)
app.wsgi_app = GiveId(app.wsgi_app)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

PAGE = '''<!DOCTYPE html>
<html>
<head><meta charset="utf-8"><title>To do</title></head>
<body>
<p>You have been here {{ visits }} time{{ "" if visits == 1 else "s" }}.</p>
<ul>
{%- for item in tasks %}
  <li>{{ item }}</li>
{%- endfor %}
</ul>
<a href="{{ url_for("home") }}">back to the start</a>
</body>
</html>
'''


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        resp.set_cookie("visits", str(visits))
        return resp

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.before_request
def assign():
    g.rid = request.environ["request.id"]
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = request.environ["request.id"]
    return response

if __name__ == '__main__':
    app.run()
