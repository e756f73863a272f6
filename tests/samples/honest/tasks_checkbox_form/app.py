# expect: pass
# tasks as labels of checkboxes in a form, home link written with xmlattr
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<form>
{% for task in tasks %}
<label for="t{{ loop.index }}"><input type="checkbox" id="t{{ loop.index }}" name="done" value="{{ loop.index }}">
{{ task }}</label><br>
{% endfor %}
</form>
<p>You opened this form {{ visits }} times.</p>
<a{{ {"href": url_for("home"), "class": "button", "id": None}|xmlattr }}>Home</a>"""

@app.before_request
def new_id():
    g.request_id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def send_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
