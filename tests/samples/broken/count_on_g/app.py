# expect: fail visit_count
# words: \bg\b|cookie|every request|one more
# g is new in every request, so the count is always one
# version 3, finally works??
import uuid
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

class TaskView(MethodView):
    def get(self):
        answer = make_response(render_template_string(
            """<h1>Tasks</h1>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
            <p>Visits: {{ g.visits }}</p><a href="{{ url_for('home') }}">Back to start</a>""", tasks=TASKS))
        answer.set_cookie("visits", str(g.visits))
        return answer

app.add_url_rule("/", view_func=TaskView.as_view("home"))

@app.after_request
def nachher(answer):
    answer.headers["X-Request-ID"] = g.request_id
    return answer

@app.before_request
def vorher():
    g.request_id = uuid.uuid4().hex
    g.visits = g.get("visits", 0) + 1
