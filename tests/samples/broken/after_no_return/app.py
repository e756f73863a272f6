# expect: fail after_request_returns
# words: return
# line: 38
# my solution, please be kind
import uuid
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def set_id():
    g.uid = uuid.uuid4().hex


class HomePage(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        html = render_template_string("""
            <h1>My tasks</h1>
            <p>{{ besuche }} visits so far</p>
            <ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <a href="{{ url_for('home') }}">home</a>""", besuche=besuche, tasks=TASKS)
        resp = make_response(html)
        resp.set_cookie("visits", str(besuche))
        return resp


app.add_url_rule("/", view_func=HomePage.as_view("home"))


@app.after_request
def add_request_id_header(response):
    """Put the id into the header."""
    response.headers["X-Request-ID"] = g.uid
    print("header is", g.uid)
