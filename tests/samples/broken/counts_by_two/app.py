# expect: fail visit_count
# words: one more|two|\+ ?1
# the hook adds one and the view adds one: right on the first visit, then 3, 5, 7
import uuid
from flask.views import MethodView
from flask import make_response, Flask, g, render_template_string, request

app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

class TodoList(MethodView):
    def get(self):
        g.visits += 1
        resp = make_response(render_template_string(
            """<h1>Tasks</h1><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visits: {{ g.visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS))
        resp.set_cookie("visits", str(g.visits))
        return resp

app.add_url_rule("/", view_func=TodoList.as_view("home"))

@app.before_request
def prepare():
    g.request_number = uuid.uuid4().hex
    g.visits = 0
    if "visits" in request.cookies:
        g.visits = int(request.cookies["visits"]) + 1

@app.after_request
def show(resp):
    resp.headers["X-Request-ID"] = g.request_number
    return resp

if __name__ == "__main__":
    app.run(debug=True)
