# expect: pass
# setattr / getattr on g with a name from a constant
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

KEY = "x_request_id"
HEADER = "-".join(["X", "Request", "ID"])
app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def keep():
    setattr(g, KEY, uuid4().hex)

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<p>Visits: {{ visits }}</p>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
            <a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def give(response):
    response.headers[HEADER] = getattr(g, KEY)
    return response
