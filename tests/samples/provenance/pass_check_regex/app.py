# expect: header_from_g passed
# a regular expression checks the value's form, with a fallback of `bad`
import re
import secrets
from flask import current_app, Flask, g, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
FORM = re.compile(r"^req-[0-9a-f]{8}$")
@app.before_request
def before():
    g.rid = "req-" + secrets.token_hex(4)
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

@app.after_request
def after(response):
    match = FORM.match(g.rid)
    response.headers["X-Request-ID"] = match.group() if match else "bad"
    return response
