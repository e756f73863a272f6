# expect: fail visit_per_visitor
# words: share|global|each|first|cookie|start
# right for one browser; a second one starts where the first one stopped
'''Task page'''
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
last = {"visits": 0}


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", last["visits"])) + 1
        last["visits"] = visits
        r = make_response(render_template_string(
            """<table>{% for x in tasks %}<tr><td>{{x}}</td></tr>{% endfor %}</table>
            <p>Hello! Visit <b>{{ visits }}</b></p><a href="{{ url_for('home') }}">again</a>""", tasks=TASKS, visits=visits))
        r.set_cookie("visits", str(visits))
        return r


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.before_request
def start_request():
    g.uid = str(uuid4())


@app.after_request
def end_request(r):
    r.headers["X-Request-ID"] = g.uid
    return r
