# expect: fail page_loads
# words: home|endpoint|url_for|as_view
# Exercise 1, a dynamic web app
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.after_request
def last(r):
    r.headers["X-Request-ID"] = g.request_number
    return r

class StartPage(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_string(
            """<ol>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ol>
            <p>You have been here {{ n }} time(s).</p><a href="{{ url_for('home') }}">Back to start</a>""", tasks=TASKS, n=n))
        r.set_cookie("visits", str(n))
        return r

@app.before_request
def first():
    g.request_number = uuid4().hex

app.add_url_rule("/", view_func=StartPage.as_view("home_view"))
