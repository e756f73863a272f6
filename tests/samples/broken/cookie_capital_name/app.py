# expect: fail visit_first
# words: visits|name
# read and written as "Visits"
# Exercise 1, a dynamic web app
import secrets
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView

COOKIE_NAME = "Visits"
app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.before_request
def tag():
    g.id = secrets.token_hex(10)

class HomePage(MethodView):
    def get(self):
        visits = int(request.cookies.get(COOKIE_NAME, "0")) + 1
        resp = make_response(render_template_string(
            """<h1>To do</h1>
<ul>
{% for task in tasks %}
  <li>{{ task }}</li>
{% endfor %}
</ul>
            <p>Visits: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        resp.set_cookie(COOKIE_NAME, str(visits))
        return resp

app.add_url_rule("/", view_func=HomePage.as_view("home"))

@app.after_request
def show(resp):
    resp.headers["X-Request-ID"] = g.id
    return resp
