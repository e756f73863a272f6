# expect: pass
# a session with permanent lifetime, flashed messages by category, and Flask's signals that write to a list
import secrets
from collections import deque
from datetime import timedelta
from uuid import uuid4

from blinker import Namespace
from flask import Flask, flash, g, got_request_exception, make_response, render_template_string, request
from flask import request_finished, request_started, session, template_rendered
from flask.views import MethodView

app = Flask(__name__)
app.config.update(SECRET_KEY=secrets.token_hex(), PERMANENT_SESSION_LIFETIME=timedelta(hours=1), SESSION_COOKIE_SAMESITE="Lax")
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
happened = deque(maxlen=50)
visited = Namespace().signal("visited")


@request_started.connect_via(app)
def on_start(sender, **extra):
    happened.append("start")


@request_finished.connect_via(app)
def on_finish(sender, response, **extra):
    happened.append(response.status)


@template_rendered.connect_via(app)
def on_render(sender, template, context, **extra):
    happened.append("page")


@got_request_exception.connect_via(app)
def on_error(sender, exception, **extra):
    happened.append(repr(exception))


@visited.connect
def on_visit(sender, number):
    happened.append(number)


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex
    session.permanent = True
    session.setdefault("user", "guest")
    session["pages"] = [*session.get("pages", []), request.path][-3:]


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        visited.send(app, number=visits)
        flash("Saved.", "info")
        response = make_response(render_template_string("""<!doctype html>
{% for category, message in get_flashed_messages(with_categories=true) %}<p class="{{ category }}">{{ message }}</p>{% endfor %}
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Hello {{ session.user }}, visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits), httponly=True, samesite="Lax")
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
