# expect: pass
# session and flash are used, but for the theme and a greeting only
import os
from uuid import uuid4
from flask import Flask, flash, g, make_response, render_template_string, request, session
from flask.views import MethodView

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "dev")
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<!doctype html><body class="{{ session.theme }}">
{% for message in get_flashed_messages() %}<p class="flash">{{ message }}</p>{% endfor %}
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>"""

@app.before_request
def new_id():
    g.request_id = uuid4().hex
    session.setdefault("theme", "dark")

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        if visits == 1:
            flash("Nice to meet you!")
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def send_id(response):
    session["last_path"] = request.path
    response.headers["X-Request-ID"] = g.request_id
    return response
