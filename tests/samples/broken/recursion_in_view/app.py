# expect: fail page_loads
# words: recurs|itself|again and again
# line: 18
# Exercise 1, a dynamic web app
from uuid import uuid4
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request

app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

@app.before_request
def new_request():
    g.current_id = uuid4().hex

class StartPage(MethodView):
    def get(self):
        answer = self.get()
        visits = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(
            """<h1>To do</h1>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Hello! Visit <b>{{ visits }}</b></p><a href="{{ url_for('home') }}">Back to start</a>""", tasks=TASKS, visits=visits))
        answer.set_cookie("visits", str(visits))
        return answer

@app.after_request
def show_request_id(answer):
    answer.headers["X-Request-ID"] = g.current_id
    return answer

app.add_url_rule("/", view_func=StartPage.as_view("home"))
