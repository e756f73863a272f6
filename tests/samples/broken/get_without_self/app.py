# expect: fail page_loads
# words: self
# line: 21
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

@app.after_request
def on_response(resp):
    resp.headers["X-Request-ID"] = g.id
    return resp

@app.before_request
def on_request():
    g.id = str(uuid4())

class Home(MethodView):
    def get():
        v = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(
            """<h1>My tasks</h1>
<ul>
{% for task in tasks %}
  <li>{{ task }}</li>
{% endfor %}
</ul>
            <p>{{ v }} v up to now</p><a href="{{ url_for('home') }}">Back to start</a>""", tasks=TASKS, v=v))
        resp.set_cookie("visits", str(v))
        return resp

app.add_url_rule("/", view_func=Home.as_view("home"))
