# expect: fail visit_count
# words: loop|too long|seconds|never
# cause: timed_out
# the first visit works; from the second on the loop for the stars never ends
# TODO clean this up later
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def antes():
    g.request_number = str(uuid4())

class StartPage(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        stars = "*"
        while len(stars) != visits:
            stars = stars[:0] + "*"
        answer = make_response(render_template_string(
            """<ol>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ol>
            <p>Visits: {{ visits }} {{ stars }}</p><a href="{{ url_for('home') }}">&larr; back</a>""",
            tasks=TASKS, visits=visits, stars=stars))
        answer.set_cookie("visits", str(visits))
        return answer

@app.after_request
def despues(answer):
    answer.headers["X-Request-ID"] = g.request_number
    return answer

app.add_url_rule("/", view_func=StartPage.as_view("home"))

if __name__ == "__main__":
    app.run(debug=True)
