# expect: fail g_before_view
# words: before_request
# line: 18
# the function is there but nobody registers it
# Ann, group B
import uuid
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

def assign_request_id():
    g.current_id = uuid.uuid4().hex

@app.after_request
def stamp_request_id(answer):
    answer.headers["X-Request-ID"] = g.current_id
    return answer

class Accueil(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(
            """<h1>Tasks</h1>{% for task in tasks %}<p>{{ task }}</p>{% endfor %}
            <p>Visit no. {{ visits }}</p><a href="{{ url_for('home') }}">click me</a>""", tasks=TASKS, visits=visits))
        answer.set_cookie("visits", str(visits))
        return answer

app.add_url_rule("/", view_func=Accueil.as_view("home"))
