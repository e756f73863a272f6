# expect: header_from_g passed
# an int picks one of three colours by remainder
import random
from flask import (
    current_app,
    Flask,
    g,
    render_template_string,
    request,
)
from flask.views import MethodView

app = Flask(__name__)
COLOURS = ("red", "green", "blue")


@app.before_request
def choose():
    g.pick = random.randrange(3)


TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = (
    "<!doctype html><title>Tasks</title>"
    "<h1>Tasks</h1>"
    "<ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>"
    "<p>Visits: <b>{{ visits }}</b></p>"
    "<nav><a href=\"{{ url_for('home') }}\">Home</a></nav>"
)

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
def paint(response):
    response.headers["X-Request-ID"] = COLOURS[g.pick % len(COLOURS)]
    return response


if __name__ == "__main__":
    app.run(debug=True)
