# expect: fail page_loads
# words: response|argument|parameter
# line: 29
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def set_up():
    g.id = uuid4().hex[:16]

class MyView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<h1>Tasks</h1>
            <p>{{ visits }} visits</p>
            {% for task in tasks %}<li>{{ task }}</li>{% endfor %}
            <a href="{{ url_for('home') }}">&larr; back</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=MyView.as_view("home"))

@app.after_request
def finish():
    response = make_response()
    response.headers["X-Request-ID"] = g.id
    return response
