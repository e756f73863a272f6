# expect: fail visit_count
# words: path|back|cookie
# line: 17
import secrets
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

class HomePage(MethodView):
    def get(self):
        v = int(request.cookies.get("visits", "0")) + 1
        res = make_response(render_template_string(
            """<h1>List</h1>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
            <p>Hello! Visit <b>{{ v }}</b></p><a href="{{ url_for('home') }}">again</a>""", tasks=TASKS, v=v))
        res.set_cookie("visits", str(v), path="/home")
        return res

app.add_url_rule("/", view_func=HomePage.as_view("home"))

@app.before_request
def tag():
    g.token = secrets.token_hex(10)

@app.after_request
def show(res):
    res.headers["X-Request-ID"] = g.token
    return res

if __name__ == "__main__":
    app.run(debug=True)
