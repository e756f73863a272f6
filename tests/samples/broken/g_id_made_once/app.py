# expect: fail header_fresh
# words: same|every|different|own|once
# a default argument is computed once, when the file is read
'''Task page'''
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

class Accueil(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(
            """<html><body>
<table>{% for x in tasks %}<tr><td>{{x}}</td></tr>{% endfor %}</table>
            <p>Your visit number {{ besuche }}</p><a href="{{ url_for('home') }}">Reload</a>""", tasks=TASKS, besuche=besuche))
        answer.set_cookie("visits", str(besuche))
        return answer

app.add_url_rule("/", view_func=Accueil.as_view("home"))

@app.after_request
def attach_request_id(answer):
    answer.headers["X-Request-ID"] = g.uid
    return answer

@app.before_request
def generate_request_id(new_id=uuid.uuid4().hex):
    g.uid = new_id
