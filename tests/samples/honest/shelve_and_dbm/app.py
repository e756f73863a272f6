# expect: pass
# visitors in a shelve, a counter of pages in a dbm file
import dbm
import shelve
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

with shelve.open("tasks") as db:
    db["tasks"] = TASKS

@app.before_request
def new_id():
    g.request_id = uuid4().hex
    with dbm.open("pages", "c") as pages:
        pages[request.path] = str(int(pages.get(request.path, b"0")) + 1)

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        with shelve.open("tasks", writeback=True) as db:
            tasks = list(db["tasks"])
            db["last"] = g.request_id
        response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visit number: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=tasks, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def send_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
