# expect: pass
# numbering by CSS counters, with a style block and a script that contain numbers
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<!doctype html>
<html><head>
<style>
  body { counter-reset: n 0; margin: 16px; }
  .t::before { counter-increment: n 1; content: counter(n) ". "; }
</style>
<script>var started = 1234; // not a visit number</script>
</head><body>
<!-- {{ tasks|length }} tasks -->
{% for task in tasks %}<p class="t">{{ task }}</p>{% endfor %}
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>
</body></html>"""

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
