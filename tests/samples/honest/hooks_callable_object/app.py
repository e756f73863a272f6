# expect: pass
# both hooks are objects: one with __call__, one a bound method
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView


class Tagger:
    """Gives ids. Call it before a request, call .stamp after it."""

    header = "X-Request-ID"

    def __init__(self, prefix):
        self.prefix = prefix

    def __call__(self):
        g.tag = self.prefix + uuid.uuid4().hex

    def stamp(self, response):
        response.headers[self.header] = g.tag
        return response


app = Flask(__name__)
tagger = Tagger("web-")
app.before_request(tagger)
app.after_request(tagger.stamp)

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


class Home(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        body = render_template_string(
            """<!doctype html><title>T</title>
            {% for task in tasks %}<p>{{ task }}</p>{% endfor %}
            <hr>Visits: {{ visits }}. <a href="{{ url_for('home') }}">Home</a>""",
            tasks=TASKS, visits=visits)
        response = make_response(body)
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=Home.as_view("home"))
