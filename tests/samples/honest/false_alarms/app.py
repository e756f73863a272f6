# expect: pass
# things that only look like mistakes: a global named visits, a response named page, "{{ for }}" as text
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
visits = 0          # not used, see get
request_id = "abc"  # not used either

PAGE = """<!doctype html>
{# not: {{ for task in tasks }} and not <a href="/"> #}
<h1>Jinja</h1>
<p>Write {% raw %}<code>{% for x in xs %}</code>, not <code>{{ for x in xs }}</code>{% endraw %}.</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>{{ visits }} visits</p>
<a href="{{ url_for('home') }}">Home</a>"""

@app.before_request
def new_request_id():
    request_id = uuid4().hex
    g.request_id = request_id

class HomeView(MethodView):
    def get(self):
        visits = request.cookies.get("visits", "0")
        visits = int(visits)
        visits = visits + 1
        page = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        page.set_cookie("visits", str(visits))
        return page

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def set_request_id(response):
    request_id = g.request_id
    response.headers["X-Request-ID"] = request_id
    return response
