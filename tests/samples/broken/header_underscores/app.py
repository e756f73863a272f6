# expect: fail header_present
# words: X-Request-ID
# line: 18
import uuid
from flask import make_response, Flask, request, g, render_template_string
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


def start_request():
    g.x = uuid.uuid4().hex


def end_request(answer):
    answer.headers["X_Request_ID"] = g.x
    return answer


class IndexView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(
            """<h1>Tasks</h1><ol>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ol>
            <p>Visits: {{ visits }}</p><a href="{{ url_for('home') }}">Reload</a>""", tasks=TASKS, visits=visits))
        answer.set_cookie("visits", str(visits))
        return answer


app.add_url_rule("/", view_func=IndexView.as_view("home"))
app.before_request(start_request)
app.after_request(end_request)
