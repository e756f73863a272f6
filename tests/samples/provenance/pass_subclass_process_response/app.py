# expect: header_from_g passed
# a Flask subclass stamps in process_response, before the after functions
from uuid import uuid4
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView
class Site(Flask):
    def process_response(self, response):
        response.headers["X-Request-ID"] = g.rid
        return super().process_response(response)
app = Site(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = (
    "<!doctype html><title>Tasks</title>"
    "<h1>Tasks</h1>"
    "<ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>"
    "<p>Visits: <b>{{ visits }}</b></p>"
    "<nav><a href=\"{{ url_for('home') }}\">Home</a></nav>"
)

class HomeView(MethodView):
    """Serves the one page of this app."""

    def get(self):
        # A cookie is text, and on a first visit there is none.
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.before_request
def before():
    g.rid = uuid4().hex


if __name__ == "__main__":
    with app.test_client() as client:
        for visit in (1, 2):
            answer = client.get("/")
            print(visit, answer.status, answer.headers.get("X-Request-ID"))
