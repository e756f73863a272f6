# expect: fail visit_first
# words: page|show|number
# version 3, finally works??
import uuid
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.after_request
def show(res):
    res.headers["X-Request-ID"] = g.token
    return res

class TodoList(MethodView):
    def get(self):
        count = int(request.cookies.get("visits", "0")) + 1
        res = make_response(render_template_string(
            """<h1>My tasks</h1>
            <ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Thank you for your visit!</p>
            <a href="{{ url_for('home') }}">Back to start</a>""", tasks=TASKS))
        res.set_cookie("visits", str(count))
        return res

@app.before_request
def tag():
    g.token = uuid.uuid4().hex

app.add_url_rule("/", view_func=TodoList.as_view("home"))
