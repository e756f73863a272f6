# expect: fail visit_count
# words: one more|100|cookie|visits
# version 3, finally works??
from uuid import uuid4
from flask import request, Flask, make_response, render_template_string, g
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
MAXIMUM = 100

class RootView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        if visits > MAXIMUM:
            visits = MAXIMUM
        response = make_response(render_template_string(
            """<table>{% for task in tasks %}<tr><td>{{ task }}</td></tr>{% endfor %}</table>
            <p>counter = {{ visits }}</p><a href="{{ url_for('home') }}">again</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=RootView.as_view("home"))

@app.before_request
def tag():
    g.token = uuid4().hex[:16]

@app.after_request
def show(response):
    response.headers["X-Request-ID"] = g.token
    return response
