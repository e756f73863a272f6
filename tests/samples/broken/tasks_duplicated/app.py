# expect: fail task_list
# words: twice|once|again|too many|extra|times
# the view appends to the list it shows: it grows with every request
'''Task page'''
import secrets
from flask import render_template_string, Flask, request, make_response, g
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
shown = []

@app.before_request
def remember_id():
    g.req = secrets.token_hex(10)

@app.after_request
def add_header(response):
    response.headers["X-Request-ID"] = g.req
    return response

class Main(MethodView):
    def get(self):
        visit_number = int(request.cookies.get("visits", "0")) + 1
        for task in TASKS:
            shown.append(task)
            shown.append(task)
        response = make_response(render_template_string(
            """<h2>Today</h2>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visit no. {{ visit_number }}</p><a href="{{ url_for('home') }}">click me</a>""", tasks=shown, visit_number=visit_number))
        response.set_cookie("visits", str(visit_number))
        return response

app.add_url_rule("/", view_func=Main.as_view("home"))
