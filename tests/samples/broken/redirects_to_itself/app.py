# expect: fail page_loads
# words: redirect|302
# line: 28
# TODO clean this up later
from uuid import uuid4
from flask import Flask, g, make_response, redirect, render_template_string, request, url_for
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
<p>Visits: {{ num }}</p><a href="{{ url_for('home') }}">home</a>"""

@app.after_request
def end_request(response):
    response.headers["X-Request-ID"] = g.id
    return response

@app.before_request
def start_request():
    g.id = uuid4().hex

class TodoList(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0")) + 1
        page = render_template_string(PAGE, tasks=TASKS, num=num)
        response = make_response(page)
        response = redirect(url_for("home"))
        response.set_cookie("visits", str(num))
        return response

app.add_url_rule("/", view_func=TodoList.as_view("home"))
