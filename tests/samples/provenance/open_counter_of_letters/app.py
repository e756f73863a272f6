# expect: header_from_g passed|undecided
# how many keys the Counter has differs from request to request, so the same replacement may not repeat: from g all the same
import uuid
from collections import Counter
from flask import current_app, Flask, g, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""


class TaskPage(MethodView):
    methods = ["GET"]

    def get(self):
        n = request.cookies.get("visits", default=0, type=int) + 1
        answer = current_app.make_response(
            render_template_string(PAGE, tasks=TASKS, visits=n)
        )
        answer.set_cookie(key="visits", value=str(n), path="/")
        return answer

app.add_url_rule("/", view_func=TaskPage.as_view("home"))

@app.before_request
def before():
    g.letters = Counter(uuid.uuid4().hex)
@app.after_request
def after(response):
    response.headers["X-Request-ID"] = "".join(f"{k}{n}" for k, n in sorted(g.letters.items()))
    return response
