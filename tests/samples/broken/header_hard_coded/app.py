# expect: fail header_from_g
# words: hard-?coded|constant|always|same
# line: 33
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


class Home(MethodView):
    def get(self):
        v = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<h1>Tasks</h1><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visit no. {{ v }}</p><a href="{{ url_for('home') }}">Start page</a>""", tasks=TASKS, v=v))
        response.set_cookie("visits", str(v))
        return response


app.add_url_rule("/", view_func=Home.as_view("home"))


@app.before_request
def on_request():
    g.request_id = uuid4().hex[:16]


@app.after_request
def on_response(response):
    response.headers["X-Request-ID"] = "req-000123"
    return response
