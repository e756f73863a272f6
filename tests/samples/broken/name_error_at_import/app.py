# expect: fail page_loads
# words: Falsk
# line: 12
# cause: not_loadable
# Exercise 1, a dynamic web app
from uuid import uuid4
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView

app = Falsk(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def antes():
    g.rid = uuid4().hex

@app.after_request
def despues(rsp):
    rsp.headers["X-Request-ID"] = g.rid
    return rsp

class Accueil(MethodView):
    def get(self):
        v = int(request.cookies.get("visits", "0")) + 1
        rsp = make_response(render_template_string(
            """<h1>My tasks</h1>
<table>{% for x in tasks %}<tr><td>{{x}}</td></tr>{% endfor %}</table>
            <p>Visit no. {{ v }}</p><a href="{{ url_for('home') }}">&larr; back</a>""", tasks=TASKS, v=v))
        rsp.set_cookie("visits", str(v))
        return rsp

app.add_url_rule("/", view_func=Accueil.as_view("home"))
