# expect: fail visit_count
# words: one more|cookie|visits
# the cookie is written on the first visit only
'''Task page'''
import uuid
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def tag():
    g.id = uuid.uuid4().hex

class Main(MethodView):
    template = """<h1>My tasks</h1>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
    Visit {{ besuche }} <a href="{{ url_for('home') }}">Home</a>"""

    def get(self):
        cookie = request.cookies.get("visits")
        if cookie is None:
            response = make_response(render_template_string(self.template, tasks=TASKS, besuche=1))
            response.set_cookie("visits", "1")
        else:
            response = make_response(render_template_string(self.template, tasks=TASKS, besuche=int(cookie) + 1))
        return response

app.add_url_rule("/", view_func=Main.as_view("home"))

@app.after_request
def show(response):
    response.headers["X-Request-ID"] = g.id
    return response
