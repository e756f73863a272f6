# expect: pass
# only the first eight characters of the id on g are sent
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def new_id():
    g.long_id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""
        <h1>Tasks</h1>
        <ul>{% for task in tasks %}<li>{{ loop.first and "" or "" }}{{ task }}</li>{% endfor %}</ul>
        <small>visits: {{ visits }}, request {{ g.long_id[:8] }}</small>
        <a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def short_id(response):
    response.headers["X-Request-ID"] = g.long_id[:8].upper()
    return response
