# expect: fail page_loads
# words: return
# line: 31
# Exercise 1, a dynamic web app
from uuid import uuid4
from flask import *
from flask.views import MethodView


app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]


@app.before_request
def before():
    g.token = uuid4().hex[:16]


@app.after_request
def after(answer):
    answer.headers["X-Request-ID"] = g.token
    return answer


class StartPage(MethodView):
    def get(self):
        v = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(
            """<h1>Tasks</h1>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
            <p>counter = {{ v }}</p><a href="{{ url_for('home') }}">click me</a>""", tasks=TASKS, v=v))
        answer.set_cookie("visits", str(v))


app.add_url_rule("/", view_func=StartPage.as_view("home"))

if __name__ == "__main__":
    app.run(debug=True)
