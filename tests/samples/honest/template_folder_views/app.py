# expect: pass
# templates live in templates/views, set by template_folder; render_template with **context
import uuid
from flask import Flask, g, make_response, render_template, request
from flask.views import MethodView

app = Flask(__name__, template_folder="templates/views", static_folder=None)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def _before():
    g.id = uuid.uuid4().urn

class HomeView(MethodView):
    def get(self):
        context = {"things": TASKS}
        context["counter"] = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template("start.html.jinja", **context))
        response.set_cookie("visits", str(context["counter"]))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def _after(response):
    response.headers["X-Request-ID"] = g.id
    return response
