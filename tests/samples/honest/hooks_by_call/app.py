# expect: pass
# hooks and route are registered by call, at the very end of the file
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

PAGE = """<h1>Tasks</h1>
<ul>
{% for task in tasks %}
    <li><span>{{ task }}</span></li>
{% endfor %}
</ul>
<p>Your visits: <em>{{ visits }}</em></p>
<a href="{{ url_for('home') }}">Home</a>"""


def put_id_on_g():
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


def put_id_on_response(response):
    response.headers["X-Request-ID"] = g.request_id
    return response


app = Flask(__name__)
app.before_request(put_id_on_g)
app.after_request(put_id_on_response)
app.add_url_rule("/", view_func=HomeView.as_view("home"))
