# expect: header_from_g failed|undecided
# source: hard-coded
# the header says only that g has the id; arguably from g, but no value of it
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
    g.rid = uuid4().hex
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = "present" if "rid" in g else "missing"
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        for visit in (1, 2):
            answer = client.get("/")
            print(visit, answer.status, answer.headers.get("X-Request-ID"))
