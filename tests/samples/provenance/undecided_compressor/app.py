# expect: header_from_g passed|undecided
# an opaque zlib compressor on g; its flushed end is the header
import zlib
from uuid import uuid4
from flask import current_app, Flask, g, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
@app.before_request
def assign():
    g.packer = zlib.compressobj()
    g.packer.compress(uuid4().bytes)
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
def stamp(response):
    response.headers["X-Request-ID"] = g.packer.flush().hex()
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        for visit in (1, 2):
            answer = client.get("/")
            print(visit, answer.status, answer.headers.get("X-Request-ID"))
