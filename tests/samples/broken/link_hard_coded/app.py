# expect: fail home_link
# words: url_for
# line: 14
# version 3, finally works??
import secrets
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']
PAGE = """<h1>Tasks</h1>
<table>{% for x in tasks %}<tr><td>{{x}}</td></tr>{% endfor %}</table>
<p>Visits: {{ n }}</p>
<p><a href="/">Home</a></p>"""

@app.before_request
def on_request():
    g.request_number = secrets.token_hex(10)

class Home(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(PAGE, tasks=TASKS, n=n))
        resp.set_cookie("visits", str(n))
        return resp

app.add_url_rule("/", view_func=Home.as_view("home"))

@app.after_request
def on_response(resp):
    resp.headers["X-Request-ID"] = g.request_number
    return resp

if __name__ == "__main__":
    app.run(debug=True)
