# expect: fail task_list
# words: Write the template|missing
# line: 11
# one of the given tasks was changed
# version 3, finally works??
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the tempalte", "Count the visits", "Stamp the header"]

class TodoList(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>visit #{{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        resp.set_cookie("visits", str(visits))
        return resp

app.add_url_rule("/", view_func=TodoList.as_view("home"))

@app.after_request
def attach_request_id(resp):
    resp.headers["X-Request-ID"] = g.request_number
    return resp

@app.before_request
def generate_request_id():
    g.request_number = uuid4().hex[:16]

if __name__ == "__main__":
    app.run(debug=True)
