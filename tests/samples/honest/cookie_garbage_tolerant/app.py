# expect: pass
# cookies.get(..., type=int): garbage counts as no visit
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

def visits_so_far():
    number = request.cookies.get("visits", default=0, type=int)
    if number < 0:
        number = 0
    return number

@app.before_request
def assign():
    g.request_id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = visits_so_far() + 1
        response = make_response(render_template_string(
            "{% for task in tasks %}<p>{{ task }}</p>{% endfor %}"
            "<p>Number of visits: {{ visits }}.</p><p><a href='{{ url_for('home') }}'>Home</a></p>",
            tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
