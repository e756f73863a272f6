# expect: fail header_from_g
# words: made anew|new (id|one|value)|again|uuid4
# line: 15
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.after_request
def last(response):
    response.headers["X-Request-ID"] = str(uuid.uuid4())
    return response


class TaskView(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        html = render_template_string("""<h1>My day</h1>
        {% for task in tasks %}<p>{{ task }}</p>{% endfor %}
        <p>besuche={{ besuche }}</p>
        <a href="{{ url_for('home') }}">Start page</a>""", tasks=TASKS, besuche=besuche)
        response = make_response(html)
        response.set_cookie("visits", str(besuche))
        return response


@app.before_request
def first():
    g.current_id = str(uuid.uuid4())


app.add_url_rule("/", view_func=TaskView.as_view("home"))
