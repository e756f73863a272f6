# expect: pass
# cookie read with isdigit and try/except, written in the after hook from g
from uuid import uuid4
from flask import Flask, g, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def prepare():
    g.request_id = uuid4().hex
    try:
        text = request.cookies["visits"]
        g.visits = int(text) + 1 if text.isdigit() else 1
    except KeyError:
        g.visits = 1

class HomeView(MethodView):
    def get(self):
        return render_template_string("""<!doctype html><h1>Hello again</h1>
<p>Visit number: {{ g.visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS)

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def finish(response):
    if request.endpoint == "home" and response.status_code == 200:
        response.set_cookie("visits", str(g.visits))
    response.headers["X-Request-ID"] = g.request_id
    return response
