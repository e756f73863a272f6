# expect: fail visit_count
# words: int\(|except|text|always|one more
# line: 15
# Ann, group B
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

class HomeView(MethodView):
    def get(self):
        try:
            visits = request.cookies["visits"] + 1
        except:
            visits = 1
        resp = make_response(render_template_string(
            "<b>Visit {{ visits }}</b><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>"
            "<a href='{{ url_for('home') }}'>Home</a>", tasks=TASKS, visits=visits))
        resp.set_cookie("visits", str(visits))
        return resp

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def a(resp):
    resp.headers["X-Request-ID"] = g.rid
    return resp

@app.before_request
def b():
    g.rid = uuid4().hex
