# expect: pass
# the header is a hash of two values on g
import hashlib
import os
import time
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def salt():
    g.now = time.time()
    g.salt = os.urandom(16)

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<table>{% for task in tasks %}<tr><td>{{ task }}</td></tr>{% endfor %}</table>
            <p>Visits so far: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""",
            tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def digest(response):
    h = hashlib.sha256()
    h.update(g.salt)
    h.update(str(g.now).encode())
    response.headers["X-Request-ID"] = h.hexdigest()[:24]
    return response
