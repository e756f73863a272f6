# expect: header_from_g failed
# source: the request
# a request class that gives itself an id when it is made
from uuid import uuid4
from flask import current_app, Flask, g, render_template_string, Request, request
from flask.views import MethodView
class NumberedRequest(Request):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.id = uuid4().hex
app = Flask(__name__)
app.request_class = NumberedRequest
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

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

@app.before_request
def assign():
    g.copy = request.id
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = request.id
    return response
