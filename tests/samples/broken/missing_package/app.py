# expect: fail page_loads
# words: flask_bootstrap
# line: 14
# cause: not_loadable
from uuid import uuid4
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView
from flask_bootstrap import Bootstrap

app = Flask(__name__)
Bootstrap(app)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.after_request
def nachher(answer):
    answer.headers["X-Request-ID"] = g.request_id
    return answer

class HomeView(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(
            """<table>{% for x in tasks %}<tr><td>{{x}}</td></tr>{% endfor %}</table>
            <p>Visits: {{ n }}</p><a href="{{ url_for('home') }}">&larr; back</a>""", tasks=TASKS, n=n))
        answer.set_cookie("visits", str(n))
        return answer

@app.before_request
def vorher():
    g.request_id = uuid4().hex[:16]

app.add_url_rule("/", view_func=HomeView.as_view("home"))
