# expect: pass
# a subclass of Flask whose process_response stamps the header after super()
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


class StampingFlask(Flask):
    def process_response(self, response):
        response = super().process_response(response)
        response.headers["X-Request-ID"] = g.request_id
        return response


app = StampingFlask(__name__)


@app.before_request
def assign_request_id():
    g.request_id = uuid.uuid4().hex


@app.after_request
def nosniff(response):
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<p>Visit number: {{ visits }}</p>
            <ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))
