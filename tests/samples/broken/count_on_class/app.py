# expect: fail visit_per_visitor
# words: class|share|global|each|cookie
# line: 20
# TODO clean this up later
import uuid
from flask import make_response, Flask, render_template_string, g
from flask.views import MethodView

app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

@app.before_request
def antes():
    g.uid = uuid.uuid4().hex

class IndexView(MethodView):
    counter = 0

    def get(self):
        IndexView.counter = IndexView.counter + 1
        answer = make_response(render_template_string(
            """<p>Visits: {{ n }}</p>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
            <a href="{{ url_for('home') }}">Back to start</a>""", tasks=TASKS, n=self.counter))
        answer.set_cookie("visits", str(self.counter))
        return answer

app.add_url_rule("/", view_func=IndexView.as_view("home"))

@app.after_request
def despues(answer):
    answer.headers["X-Request-ID"] = g.uid
    return answer
