# expect: fail header_from_g
# words: global|module|\bg\b
# line: 15
# Exercise 1, a dynamic web app
from uuid import uuid4
from flask.views import MethodView
from flask import request, make_response, render_template_string, Flask, g

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
current_id = None

@app.after_request
def hook_two(page_response):
    page_response.headers["X-Request-ID"] = current_id
    return page_response

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        page_response = make_response(render_template_string(
            """<html><body>
<ol>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ol>
            <p>Visits: {{ visits }}</p><a href="{{ url_for('home') }}">home</a>""", tasks=TASKS, visits=visits))
        page_response.set_cookie("visits", str(visits))
        return page_response

@app.before_request
def hook_one():
    global current_id
    current_id = str(uuid4())
    g.current_id = current_id

app.add_url_rule("/", view_func=HomeView.as_view("home"))
