# expect: pass
# the page shows "1,234 visits", with a separator for thousands
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def assign():
    g.id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        plural = "visit" if visits == 1 else "visits"
        response = make_response(render_template_string(
            """<title>Tasks</title><h1>{{ tasks|length }} tasks, {{ "{:,}".format(visits) }} {{ plural }}</h1>
            <ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits, plural=plural))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.id
    return response
