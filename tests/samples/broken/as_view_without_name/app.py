# expect: fail page_loads
# words: as_view|name
# line: 24
# cause: not_loadable
# Exercise 1, a dynamic web app
from uuid import uuid4
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

class Accueil(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_string(
            """<ol>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ol>
            <p>Hello! Visit <b>{{ n }}</b></p><a href="{{ url_for('home') }}">click me</a>""", tasks=TASKS, n=n))
        r.set_cookie("visits", str(n))
        return r

app.add_url_rule("/", view_func=Accueil.as_view())

@app.after_request
def show_request_id(r):
    r.headers["X-Request-ID"] = g.req
    return r

@app.before_request
def new_request():
    g.req = uuid4().hex[:16]
