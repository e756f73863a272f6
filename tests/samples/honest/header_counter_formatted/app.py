# expect: pass
# g holds a running number, the header shows it as req-000001
from itertools import count
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
numbers = count(1)

@app.before_request
def number_the_request():
    g.number = next(numbers)

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            "<p>Visit {{ visits }}</p><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>"
            "<a href=\"{{ url_for('home') }}\">Home</a>", visits=visits, tasks=TASKS))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def format_number(response):
    response.headers["X-Request-ID"] = "req-{:06d}".format(g.number)
    return response
