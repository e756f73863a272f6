# expect: header_from_g passed
# the blueprint's own before_request and after_request
from uuid import uuid4
from flask import Blueprint, current_app, Flask, g, render_template_string, request
from flask.views import MethodView
bp = Blueprint("main", __name__)

@bp.before_request
def before():
    g.rid = uuid4().hex

@bp.after_request
def after(response):
    response.headers["X-Request-ID"] = g.rid
    return response

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
<a href="{{ url_for("main.home") }}">back to the start</a>
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

bp.add_url_rule("/", view_func=TaskPage.as_view("home"))

app = Flask(__name__)
app.register_blueprint(bp)

if __name__ == '__main__':
    app.run()
