# expect: fail task_list
# words: letter|character|missing|Sketch the page
# a loop over one text gives its letters
from uuid import uuid4
from flask import *
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def new_request():
    g.rid = uuid4().hex


class Home(MethodView):
    def get(self):
        visit_number = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_string(
            """<h1>To do</h1>
<table>{% for x in tasks %}<tr><td>{{x}}</td></tr>{% endfor %}</table>
            <p>Visit no. {{ visit_number }}</p><a href="{{ url_for('home') }}">home</a>""",
            tasks=", ".join(TASKS), visit_number=visit_number))
        r.set_cookie("visits", str(visit_number))
        return r


@app.after_request
def show_request_id(r):
    r.headers["X-Request-ID"] = g.rid
    return r


app.add_url_rule("/", view_func=Home.as_view("home"))
