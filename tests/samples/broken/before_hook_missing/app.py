# expect: fail g_before_view
# words: before_request
# TODO clean this up later
from uuid import uuid4
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

class Accueil(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(
            """<p>counter = {{ n }}</p><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <a href="{{ url_for('home') }}">Back to start</a>""", tasks=TASKS, n=n))
        answer.set_cookie("visits", str(n))
        return answer

app.add_url_rule("/", view_func=Accueil.as_view("home"))

@app.after_request
def stamp(answer):
    answer.headers["X-Request-ID"] = g.req
    return answer
