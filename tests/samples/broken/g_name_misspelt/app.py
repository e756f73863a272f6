# expect: fail page_loads
# words: req_id|request_id|\bg\b
# line: 34
# kept as g.request_id, read as g.req_id
from uuid import uuid4
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


class MyView(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<h4>Tasks</h4><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visits: {{ num }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, num=num))
        response.set_cookie("visits", str(num))
        return response


app.add_url_rule("/", view_func=MyView.as_view("home"))


@app.before_request
def set_up():
    g.request_id = uuid4().hex


@app.after_request
def finish(response):
    response.headers["X-Request-ID"] = g.req_id
    return response
