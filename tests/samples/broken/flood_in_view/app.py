# expect: fail page_loads
# words: print|output
# cause: too_much_output
from uuid import uuid4
from flask import request, g, Flask, make_response, render_template_string
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def on_request():
    g.token = str(uuid4())

class TaskView(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        i = 0
        while i < len(TASKS):
            print("task number", i, "is", TASKS[i] * 1000)
        response = make_response(render_template_string(
            """<html><body>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>{{ n }} visits so far</p><a href="{{ url_for('home') }}">Reload</a>""", tasks=TASKS, n=n))
        response.set_cookie("visits", str(n))
        return response

app.add_url_rule("/", view_func=TaskView.as_view("home"))

@app.after_request
def on_response(response):
    response.headers["X-Request-ID"] = g.token
    return response
