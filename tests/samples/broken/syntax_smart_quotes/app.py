# expect: fail page_loads
# words: quote|character|“
# line: 28
# cause: not_loadable
# Ann, group B
from uuid import uuid4
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request


app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = "<p>{{ count }}</p>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}<a href='{{ url_for(\"home\") }}'>Home</a>"


@app.before_request
def on_request():
    g.token = uuid4().hex[:16]


class Home(MethodView):
    def get(self):
        count = int(request.cookies.get(“count”, “0”)) + 1
        rsp = make_response(render_template_string(PAGE, tasks=TASKS, count=count))
        rsp.set_cookie("visits", str(count))
        return rsp


@app.after_request
def on_response(rsp):
    rsp.headers["X-Request-ID"] = g.token
    return rsp


app.add_url_rule("/", view_func=Home.as_view("home"))
