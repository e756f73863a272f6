# expect: header_from_g failed
# source: the request
# an attribute that before_request puts on the request object
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
@app.before_request
def assign():
    request.id = uuid4().hex
    g.id = request.id
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

PAGE = (
    "<!doctype html><title>Tasks</title>"
    "<h1>Tasks</h1>"
    "<ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>"
    "<p>Visits: <b>{{ visits }}</b></p>"
    "<nav><a href=\"{{ url_for('home') }}\">Home</a></nav>"
)


class HomeView(MethodView):
    def get(self):
        before = request.cookies.get('visits')
        if before is None:
            visits = 1
        else:
            visits = int(before) + 1
        page = render_template_string(PAGE, tasks=TASKS, visits=visits)
        response = make_response(page, 200)
        response.set_cookie('visits', f'{visits}', max_age=60 * 60 * 24)
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = request.id
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        for visit in (1, 2):
            answer = client.get("/")
            print(visit, answer.status, answer.headers.get("X-Request-ID"))
