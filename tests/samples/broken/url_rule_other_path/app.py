# expect: fail page_loads
# words: 404|/home|add_url_rule
# line: 30
# Ann, group B
import secrets
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def start_request():
    g.token = secrets.token_hex(10)


class TaskView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        res = make_response(render_template_string(
            """<h2>Today</h2>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>counter = {{ visits }}</p><a href="{{ url_for('home') }}">Back to start</a>""", tasks=TASKS, visits=visits))
        res.set_cookie("visits", str(visits))
        return res


app.add_url_rule("/home", view_func=TaskView.as_view("home"))


@app.after_request
def end_request(res):
    res.headers["X-Request-ID"] = g.token
    return res

if __name__ == "__main__":
    app.run(debug=True)
