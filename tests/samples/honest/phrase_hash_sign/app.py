# expect: pass
# "visit #5", and other numbers on the page that do not move
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
@app.before_request
def assign():
    g.id = uuid4().hex
class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<!doctype html>
<h1>Chapter 7, exercise 2</h1>
<p>Version 1.0.1 &ndash; last changed 2024-11-05</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>visit&nbsp;#{{ visits }}</p>
<p><a href="{{ url_for('home') }}">Home</a> &copy; 2024 Flask course, 100% fun</p>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.id
    return response
