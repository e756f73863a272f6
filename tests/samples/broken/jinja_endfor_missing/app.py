# expect: fail page_loads
# words: endfor
# Exercise 1, a dynamic web app
import secrets
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<ul>
{% for task in tasks %}
  <li>{{ task }}</li>
</ul>
<p>Visit no. {{ visits }}</p>
<a href="{{ url_for('home') }}">click me</a>
"""

@app.before_request
def start_request():
    g.id = secrets.token_hex(10)

class Main(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=Main.as_view("home"))

@app.after_request
def end_request(response):
    response.headers["X-Request-ID"] = g.id
    return response

if __name__ == "__main__":
    app.run(debug=True)
