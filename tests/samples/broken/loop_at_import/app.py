# expect: fail page_loads
# words: loop|too long|seconds|never
# cause: timed_out
# an odd number never becomes 10
# my solution, please be kind
from uuid import uuid4
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

warm_up = 1
while warm_up != 10:
    warm_up += 2

@app.before_request
def new_request():
    g.request_id = str(uuid4())

class TaskView(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>counter = {{ n }}</p><a href="{{ url_for('home') }}">again</a>""", tasks=TASKS, n=n))
        resp.set_cookie("visits", str(n))
        return resp

app.add_url_rule("/", view_func=TaskView.as_view("home"))

@app.after_request
def show_request_id(resp):
    resp.headers["X-Request-ID"] = g.request_id
    return resp

if __name__ == "__main__":
    app.run(debug=True)
