# expect: pass
# the id sits on g under another name
import secrets

from flask import Flask, g, make_response, render_template_string, request, url_for
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

HTML = """
<html>
<head><title>Tasks</title></head>
<body>
<h2>What I have to do</h2>
{% for t in todo %}
  <li>{{ t }}</li>
{% endfor %}
<p>This is visit {{ n }}.</p>
<a href="{{ home }}">back to the start</a>
</body>
</html>
"""

@app.before_request
def start():
    g.trace = secrets.token_hex(12)

class Home(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", 0)) + 1
        resp = make_response(render_template_string(HTML, todo=TASKS, n=n, home=url_for("home")))
        resp.set_cookie("visits", str(n))
        return resp

app.add_url_rule("/", view_func=Home.as_view("home"))

@app.after_request
def finish(resp):
    resp.headers["X-Request-ID"] = g.trace
    return resp
