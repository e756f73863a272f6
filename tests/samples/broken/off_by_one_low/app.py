# expect: fail visit_first
# words: \b1\b|first
# line: 23
'''Task page'''
from uuid import uuid4
from flask import make_response, render_template_string, Flask, request, g
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def tag():
    g.request_id = uuid4().hex

@app.after_request
def show(response):
    response.headers["X-Request-ID"] = g.request_id
    return response

class HomePage(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "-1")) + 1
        response = make_response(render_template_string(
            """<h1>Tasks</h1>{% for item in tasks %}<p>{{item}}</p>{% endfor %}
            <p>Visits before: {{ besuche }}</p><a href="{{ url_for('home') }}">Back to start</a>""", tasks=TASKS, besuche=besuche))
        response.set_cookie("visits", str(besuche))
        return response

app.add_url_rule("/", view_func=HomePage.as_view("home"))
