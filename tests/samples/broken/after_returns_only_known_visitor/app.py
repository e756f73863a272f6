# expect: fail after_request_returns
# words: return
# line: 17
# Exercise 1, a dynamic web app
import secrets
from flask import render_template_string, g, make_response, Flask, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def tag_request():
    g.token = secrets.token_urlsafe(16)

@app.after_request
def tag_response(r):
    r.headers["X-Request-ID"] = g.token
    if "visits" in request.cookies:
        return r
    else:
        print("a new visitor!")

class Main(MethodView):
    def get(self):
        if "visits" in request.cookies:
            v = int(request.cookies["visits"]) + 1
        else:
            v = 1
        page = render_template_string(
            "<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>"
            "<p>You visited us {{ v }} times</p><a href=\"{{ url_for('home') }}\">home</a>",
            tasks=TASKS, v=v)
        r = make_response(page)
        r.set_cookie("visits", str(v))
        return r

app.add_url_rule("/", view_func=Main.as_view("home"))
