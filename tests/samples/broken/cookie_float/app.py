# expect: fail visit_first
# words: visits=1|int\(|1\.0|whole
# my solution, please be kind
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.after_request
def a(r):
    r.headers["X-Request-ID"] = g.rid
    return r

@app.before_request
def b():
    g.rid = uuid4().hex

class HomePage(MethodView):
    def get(self):
        n = float(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_string(
            """<h2>Today</h2>
<ul>
            {% for task in tasks %}<li>{{ task }}</li>{% endfor %}
            </ul><p>Hello! Visit <b>{{ n }}</b></p><a href="{{ url_for('home') }}">Reload</a>""", tasks=TASKS, n=n))
        r.set_cookie("visits", str(n))
        return r

app.add_url_rule("/", view_func=HomePage.as_view("home"))

if __name__ == "__main__":
    app.run(debug=True)
