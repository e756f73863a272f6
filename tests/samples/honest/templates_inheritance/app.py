# expect: pass
# templates/ folder with a base, a child, a macro file, and a stylesheet in static/
from uuid import uuid4

from flask import Flask, g, make_response, render_template, request
from flask.views import MethodView

app = Flask(__name__)

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


@app.context_processor
def site():
    return {"site_name": "Task keeper", "year": 2024}


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template("home.html", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
