# expect: fail visit_first
# words: page|\b1\b
# my solution, please be kind
from uuid import uuid4
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.before_request
def tag():
    g.token = uuid4().hex[:16]

@app.after_request
def show(response):
    response.headers["X-Request-ID"] = g.token
    return response

class Home(MethodView):
    def get(self):
        old = int(request.cookies.get("visits", "0"))
        new = old + 1
        html = render_template_string(
            """<p>Visit no. {{ v }}</p><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <a href="{{ url_for('home') }}">Start page</a>""", tasks=TASKS, v=old)
        response = make_response(html)
        response.set_cookie("visits", str(new))
        return response

app.add_url_rule("/", view_func=Home.as_view("home"))
