# expect: fail after_request_returns
# words: return|None
# line: 21
import uuid
from flask.views import MethodView
from flask import Flask, g, request, make_response, render_template_string

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = """<ol>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ol>
<p>n: {{ n }}</p>
<a href="{{ url_for('home') }}">Reload</a>"""

def mark(rsp):
    rsp.headers["X-Request-ID"] = g.uid
    return None

def prepare():
    g.uid = str(uuid.uuid4())
    return None

app.before_request(prepare)
app.after_request(mark)

class Home(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        rsp = make_response(render_template_string(PAGE, tasks=TASKS, n=n))
        rsp.set_cookie("visits", str(n))
        return rsp

app.add_url_rule("/", view_func=Home.as_view("home"))

if __name__ == "__main__":
    app.run(debug=True)
