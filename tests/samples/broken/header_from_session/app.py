# expect: fail header_from_g
# words: session
# line: 20
# Exercise 1, a dynamic web app
from uuid import uuid4
from flask import make_response, request, Flask, session, render_template_string, g
from flask.views import MethodView

app = Flask(__name__)
app.config["SECRET_KEY"] = "dev"
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.after_request
def hook_two(answer):
    answer.headers["X-Request-ID"] = session.get("request_id")
    return answer

class HomePage(MethodView):
    def get(self):
        visit_count = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(
            """<p>Number of visits: {{visit_count}}</p>
            {% for item in tasks %}<p>{{item}}</p>{% endfor %}
            <a href="{{ url_for('home') }}">&larr; back</a>""", tasks=TASKS, visit_count=visit_count))
        answer.set_cookie("visits", str(visit_count))
        return answer

@app.before_request
def hook_one():
    g.request_id = uuid4().hex
    session["request_id"] = g.request_id

app.add_url_rule("/", view_func=HomePage.as_view("home"))
