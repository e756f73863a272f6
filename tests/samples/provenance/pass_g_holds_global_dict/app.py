# expect: header_from_g passed
# g.state is a global dict, but the header is read by way of g
from uuid import uuid4
from flask import (
    Flask,
    g,
    render_template_string,
    request,
)
from flask.views import MethodView
from werkzeug.http import dump_cookie
app = Flask(__name__)
STATE = {"version": "a"}
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

PAGE = (
    "<!doctype html><title>Tasks</title>"
    "<h1>Tasks</h1>"
    "<ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>"
    "<p>Visits: <b>{{ visits }}</b></p>"
    "<nav><a href=\"{{ url_for('home') }}\">Home</a></nav>"
)


class HomeView(MethodView):
    def get(self):
        visits = 1 + int(request.cookies.get("visits") or 0)
        body = render_template_string(PAGE, tasks=TASKS, visits=visits)
        return body, 200, {"Set-Cookie": dump_cookie("visits", str(visits))}

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.before_request
def before():
    STATE["rid"] = uuid4().hex
    g.state = STATE
@app.after_request
def after(response):
    response.headers["X-Request-ID"] = g.state["rid"]
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        for visit in (1, 2):
            answer = client.get("/")
            print(visit, answer.status, answer.headers.get("X-Request-ID"))
