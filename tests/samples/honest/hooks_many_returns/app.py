# expect: pass
# before hook answers other paths itself, after hook has several returns, both have inner functions
from uuid import uuid4
from flask import Flask, g, make_response, redirect, render_template_string, request, url_for
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def before():
    def new_id():
        return uuid4().hex
    g.request_id = new_id()
    if request.path == "/start":
        return redirect(url_for("home"))
    if request.path == "/ping":
        return "pong", 200, {"Content-Type": "text/plain"}
    return

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visits: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def after(response):
    def stamp():
        response.headers["X-Request-ID"] = g.request_id
    try:
        stamp()
    except AttributeError:
        raise
    else:
        if response.status_code >= 500:
            app.logger.error("trouble")
            return response
        elif response.status_code >= 400:
            return response
        else:
            return response
