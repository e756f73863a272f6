# expect: fail method_view
# words: MethodView
# line: 24
'''Task page'''
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request


app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]


@app.before_request
def first():
    g.request_number = str(uuid4())


@app.route("/")
def home():
    n = int(request.cookies.get("visits", "0")) + 1
    rsp = make_response(render_template_string("""
<h1>My tasks</h1>
<p>Visits: {{ n }}</p>
<ul>
{% for task in tasks %}
  <li>{{ task }}</li>
{% endfor %}
</ul>
<a href="{{ url_for('home') }}">home</a>""", tasks=TASKS, n=n))
    rsp.set_cookie("visits", str(n))
    return rsp


@app.after_request
def last(rsp):
    rsp.headers["X-Request-ID"] = g.request_number
    return rsp
