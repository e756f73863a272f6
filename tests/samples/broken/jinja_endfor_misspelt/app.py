# expect: fail page_loads
# words: endfor
# line: 35
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
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.after_request
def last(r):
    r.headers["X-Request-ID"] = g.token
    return r

class MyView(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_string(
            """
            <p>{{ num }} visits so far</p>
            {% for task in tasks %}
                <li>{{ task }}</li>
            {% endofr %}
            <a href="{{ url_for('home') }}">click me</a>""", tasks=TASKS, num=num))
        r.set_cookie("visits", str(num))
        return r

@app.before_request
def first():
    g.token = secrets.token_hex(10)

app.add_url_rule("/", view_func=MyView.as_view("home"))

if __name__ == "__main__":
    app.run(debug=True)
