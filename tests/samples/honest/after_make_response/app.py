# expect: pass
# the after hook hands on make_response(response) with the header in one expression
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def rid():
    g.rid = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            "<p>Visits = {{ visits }}</p>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}"
            "<a href=\"{{ url_for('home') }}\">Home</a>", visits=visits, tasks=TASKS))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def stamp(response):
    return make_response(response, {"X-Request-ID": g.rid})
