# expect: header_from_g failed|undecided
# source: made anew|set in the view
# the view reads g.rid early and hands it on in a closure: the value was g's once, but g is not asked when the header is written
from uuid import uuid4
from flask import after_this_request, Flask, g
from flask import make_response, render_template_string, request
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
        rid = g.rid
        @after_this_request
        def stamp(response):
            response.headers["X-Request-ID"] = rid
            return response
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.before_request
def assign():
    g.rid = uuid4().hex
