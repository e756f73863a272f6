# expect: fail visit_first
# words: \b1\b|\b2\b|first
# line: 27
# Ann, group B
from uuid import uuid4
from flask.views import MethodView
from flask import Flask, render_template_string, request, make_response, g


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def tag():
    g.token = str(uuid4())


@app.after_request
def show(response):
    response.headers["X-Request-ID"] = g.token
    return response


class Accueil(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", 1)) + 1
        response = make_response(render_template_string(
            """<p>Hi, visitor number {{ visits }}</p>
            {% for task in tasks %}<p>- {{ task }}</p>{% endfor %}
            <a href="{{ url_for('home') }}">home</a>""".replace("- ", ""), tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=Accueil.as_view("home"))
