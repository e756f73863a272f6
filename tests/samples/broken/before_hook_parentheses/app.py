# expect: fail page_loads
# words: \(\)|parenthes|bracket|argument
# line: 15
# cause: not_loadable
# Ann, group B
from uuid import uuid4
from flask import render_template_string, make_response, request, Flask, g
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request()
def make_id():
    g.rid = str(uuid4())


class Main(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>This is visit {{ visits }}.</p><a href="{{ url_for('home') }}">Back to start</a>""", tasks=TASKS, visits=visits))
        answer.set_cookie("visits", str(visits))
        return answer


app.add_url_rule("/", view_func=Main.as_view("home"))


@app.after_request
def send_id(answer):
    answer.headers["X-Request-ID"] = g.rid
    return answer

if __name__ == "__main__":
    app.run(debug=True)
