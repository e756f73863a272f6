# expect: fail page_loads
# words: as_view
# line: 41
# Ann, group B
import secrets
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView


app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]


@app.before_request
def new_request():
    g.rid = secrets.token_hex(10)


class HomePage(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        res = make_response(render_template_string(
            """<h1>To do</h1>
<ul>
        {%- for task in tasks %}
        <li><b>{{ task }}</b></li>
        {%- endfor %}
        </ul>
            <p>counter = {{ visits }}</p><a href="{{ url_for('home') }}">Back to start</a>""", tasks=TASKS, visits=visits))
        res.set_cookie("visits", str(visits))
        return res


app.add_url_rule("/", "home", HomePage)


@app.after_request
def show_request_id(res):
    res.headers["X-Request-ID"] = g.rid
    return res

if __name__ == "__main__":
    app.run(debug=True)
