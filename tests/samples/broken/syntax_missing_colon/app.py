# expect: fail page_loads
# words: colon|':'
# line: 22
# cause: not_loadable
# Exercise 1, a dynamic web app
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def antes():
    g.id = uuid4().hex[:16]

@app.after_request
def despues(response):
    response.headers["X-Request-ID"] = g.id
    return response

class MyView(MethodView)
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<h1>To do</h1>
<table>{% for x in tasks %}<tr><td>{{x}}</td></tr>{% endfor %}</table>
            <p>Number of visits: {{visits}}</p><a href="{{ url_for('home') }}">home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=MyView.as_view("home"))
