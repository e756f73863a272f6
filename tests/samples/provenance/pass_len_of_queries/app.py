# expect: header_from_g passed
# the number of queries noted on g by the view; the list is empty until then
from flask import Flask, g, make_response
from flask import render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
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
def query(sql):
    g.queries.append(sql)
    return TASKS
class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", 0)) + 1
        response = make_response(render_template_string(PAGE, tasks=query("select title from task"), visits=visits))
        response.set_cookie("visits", str(visits))
        return response
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.before_request
def before():
    g.queries = []
@app.after_request
def after(response):
    response.headers["X-Request-ID"] = f"queries={len(g.queries)}"
    return response
