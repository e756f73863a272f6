# expect: fail page_loads
# words: exit
# line: 29
# cause: exited
# Exercise 1, a dynamic web app
import sys
from uuid import uuid4
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = "<p>{{ num }}</p>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}<a href='{{ url_for(\"home\") }}'>Home</a>"


@app.before_request
def tag_request():
    g.id = uuid4().hex


class HomePage(MethodView):
    def get(self):
        cookie = request.cookies.get("visits")
        if cookie is None:
            print("No cookie, stopping.")
            sys.exit(1)
        num = int(cookie) + 1
        rsp = make_response(render_template_string(PAGE, tasks=TASKS, num=num))
        rsp.set_cookie("visits", str(num))
        return rsp


app.add_url_rule("/", view_func=HomePage.as_view("home"))


@app.after_request
def tag_response(rsp):
    rsp.headers["X-Request-ID"] = g.id
    return rsp
