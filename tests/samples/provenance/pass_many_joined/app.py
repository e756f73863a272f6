# expect: header_from_g passed
# several values of different types in one header
import os
import time
from uuid import uuid4
from flask import current_app, Flask, g, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
requests_seen = 0
@app.before_request
def before():
    global requests_seen
    requests_seen += 1
    g.no = requests_seen
    g.pid = os.getpid()
    g.at = time.time()
    g.rid = uuid4()
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

@app.after_request
def after(response):
    response.headers["X-Request-ID"] = "/".join(str(x) for x in (g.pid, g.no, int(g.at), g.rid))
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        for visit in (1, 2):
            answer = client.get("/")
            print(visit, answer.status, answer.headers.get("X-Request-ID"))
