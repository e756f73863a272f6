# expect: header_from_g passed
# the header's value is rendered by Jinja, where g is known too
from uuid import uuid4
from flask import Flask, g, make_response
from flask import render_template_string, request
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
def before():
    g.rid = uuid4()
@app.after_request
def after(response):
    response.headers["X-Request-ID"] = render_template_string("{{ g.rid.hex|truncate(12, true, '') }}")
    return response


if __name__ == "__main__":
    app.run(debug=True)
