# expect: header_from_g passed
# a LocalProxy that reads g
from uuid import uuid4
from werkzeug.local import LocalProxy
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView
app = Flask(__name__)
request_id = LocalProxy(lambda: g._rid)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

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
def before():
    g._rid = uuid4().hex
@app.after_request
def after(response):
    response.headers["X-Request-ID"] = str(request_id)
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        for visit in (1, 2):
            answer = client.get("/")
            print(visit, answer.status, answer.headers.get("X-Request-ID"))
