# expect: header_from_g passed
# put on g by a session interface of its own
from uuid import uuid4
from flask.sessions import SecureCookieSessionInterface
from flask import Flask, g, render_template_string, request
from flask.views import MethodView
from werkzeug.http import dump_cookie
class Sessions(SecureCookieSessionInterface):
    def open_session(self, app, request):
        g.session_check = uuid4().hex
        return super().open_session(app, request)
app = Flask(__name__)
app.secret_key = "k"
app.session_interface = Sessions()
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""


class HomeView(MethodView):
    def get(self):
        visits = 1 + int(request.cookies.get("visits") or 0)
        body = render_template_string(PAGE, tasks=TASKS, visits=visits)
        return body, 200, {"Set-Cookie": dump_cookie("visits", str(visits))}

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def after(response):
    response.headers["X-Request-ID"] = g.session_check
    return response
