# expect: fail page_loads
# words: loop|too long|seconds|never
# cause: timed_out
# i is never increased
from uuid import uuid4
from flask import Flask, g, make_response, request, url_for
from flask.views import MethodView


app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]


@app.before_request
def hook_one():
    g.req = uuid4().hex


class Main(MethodView):
    def get(self):
        count = int(request.cookies.get("visits", "0")) + 1
        html = "<h1>Tasks</h1>"
        i = 0
        while i < len(TASKS):
            item = "<li>" + TASKS[i] + "</li>"
        html += item + "<p>Visits: " + str(count) + "</p><a href='" + url_for("home") + "'>Home</a>"
        r = make_response(html)
        r.set_cookie("visits", str(count))
        return r


@app.after_request
def hook_two(r):
    r.headers["X-Request-ID"] = g.req
    return r


app.add_url_rule("/", view_func=Main.as_view("home"))
