# expect: fail method_view
# words: MethodView
# line: 14
# my solution, please be kind
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import View


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


class TodoList(View):
    methods = ["GET"]


    def dispatch_request(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(
            """<h1>Tasks</h1>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
            <p>Visit no. {{ besuche }}</p><a href="{{ url_for('home') }}">home</a>""", tasks=TASKS, besuche=besuche))
        answer.set_cookie("visits", str(besuche))
        return answer


app.add_url_rule("/", view_func=TodoList.as_view("home"))


@app.before_request
def make_id():
    g.token = uuid4().hex[:16]


@app.after_request
def send_id(answer):
    answer.headers["X-Request-ID"] = g.token
    return answer
