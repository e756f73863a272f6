# expect: pass
# the page says "your 2nd visit", "your 11th visit"
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.template_filter()
def ordinal(n):
    if n % 100 in (11, 12, 13):
        return f"{n}th"
    return f"{n}" + {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")

@app.before_request
def tag():
    g.tag = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visit = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<h1>Welcome to your {{ visit|ordinal }} visit!</h1>
            <ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <a href="{{ url_for('home') }}">Home</a>""", visit=visit, tasks=TASKS))
        response.set_cookie("visits", str(visit))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def show_tag(response):
    response.headers["X-Request-ID"] = g.tag
    return response
