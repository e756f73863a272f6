# expect: fail visit_first
# words: cookie|visits=1
# the template adds one, the cookie stays behind
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.after_request
def show(res):
    res.headers["X-Request-ID"] = g.req
    return res

class TodoList(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0"))
        res = make_response(render_template_string(
            """<p>Visit number: {{ besuche + 1 }}</p>
            <table>{% for x in tasks %}<tr><td>{{x}}</td></tr>{% endfor %}</table>
            <a href="{{ url_for('home') }}">Back to start</a>""", tasks=TASKS, besuche=besuche))
        res.set_cookie("visits", str(besuche))
        return res

@app.before_request
def tag():
    g.req = uuid4().hex[:16]

app.add_url_rule("/", view_func=TodoList.as_view("home"))
