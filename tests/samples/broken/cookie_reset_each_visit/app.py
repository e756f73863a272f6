# expect: fail visit_count
# words: one more|cookie|visits
# line: 27
import secrets
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

@app.before_request
def tag():
    g.uid = secrets.token_hex(10)

class TodoList(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(
            """<p>Visits: {{ visits }}</p><ul>
        {%- for task in tasks %}
        <li><b>{{ task }}</b></li>
        {%- endfor %}
        </ul>
            <a href="{{ url_for('home') }}">home</a>""", tasks=TASKS, visits=visits))
        answer.set_cookie("visits", "1")
        return answer

app.add_url_rule("/", view_func=TodoList.as_view("home"))

@app.after_request
def show(answer):
    answer.headers["X-Request-ID"] = g.uid
    return answer
