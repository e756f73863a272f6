# expect: header_from_g passed
# the id sits in a LoggerAdapter, beside a logger that must not be touched
import logging
from uuid import uuid4
from flask import current_app, Flask, g, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
log = logging.getLogger("tasks")


@app.before_request
def open_log():
    g.log = logging.LoggerAdapter(log, {"request_id": uuid4().hex})
    g.log.debug("started")


TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

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
def close_log(response):
    g.log.debug("answered with %s", response.status)
    response.headers["X-Request-ID"] = g.log.extra["request_id"]
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        for visit in (1, 2):
            answer = client.get("/")
            print(visit, answer.status, answer.headers.get("X-Request-ID"))
