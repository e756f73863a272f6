# expect: fail page_loads
# words: home\.html|\{%|%\}|block
# the mistake is in templates/home.html, line 5: {% for without %}
# Ann, group B
import uuid
from flask import Flask, g
from flask import make_response, render_template
from flask import request
from flask.views import MethodView


app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]


@app.before_request
def set_up():
    g.token = uuid.uuid4().hex


class IndexView(MethodView):
    def get(self):
        count = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template("home.html", tasks=TASKS, count=count))
        r.set_cookie("visits", str(count))
        return r


app.add_url_rule("/", view_func=IndexView.as_view("home"))


@app.after_request
def finish(r):
    r.headers["X-Request-ID"] = g.token
    return r
