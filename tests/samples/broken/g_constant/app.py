# expect: fail header_fresh
# words: same|every|different|own
# line: 15
'''Task page'''
from flask.views import MethodView
from flask import g, make_response, render_template_string, request, Flask


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def hook_one():
    g.request_id = "abc-123"


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(
            """<h1>Tasks</h1>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
            <p>Visits: {{ visits }}</p><a href="{{ url_for('home') }}">Reload</a>""", tasks=TASKS, visits=visits))
        resp.set_cookie("visits", str(visits))
        return resp


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def hook_two(resp):
    resp.headers["X-Request-ID"] = g.request_id
    return resp
