# expect: pass
# more pages, error handlers for 404 and 405, a JSON api, a favicon
import uuid
from flask import Flask, abort, g, jsonify, make_response, redirect, render_template_string, request, url_for
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
LAYOUT = """<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>
{% if tasks %}<ol>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ol>{% endif %}
{% if visits is defined %}<p>Visit number: {{ visits }}</p>{% endif %}
<a href="{{ url_for('home') }}">Home</a> <a href="{{ url_for('about') }}">About</a>"""

@app.before_request
def set_request_id():
    g.request_id = str(uuid.uuid4())

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(LAYOUT, title="Tasks", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.route("/about")
def about():
    return render_template_string(LAYOUT, title="About")

@app.get("/api/tasks/<int:number>")
def one_task(number):
    if number >= len(TASKS):
        abort(404)
    return jsonify(task=TASKS[number])

@app.route("/index.html")
def old_address():
    return redirect(url_for("home"), code=301)

@app.route("/favicon.ico")
def favicon():
    return "", 204

@app.errorhandler(404)
@app.errorhandler(405)
def sorry(error):
    return render_template_string(LAYOUT, title=error.name), error.code

@app.after_request
def add_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
