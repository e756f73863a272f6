# expect: fail page_loads
# words: cookies\.get|first visit|no cookie|KeyError
# line: 28
'''Task page'''
from flask.views import MethodView
from flask import make_response, render_template_string, g, request, Flask
import uuid

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.after_request
def set_header(response):
    response.headers["X-Request-ID"] = g.current_id
    return response

@app.before_request
def set_request_id():
    g.current_id = str(uuid.uuid4())

class TaskView(MethodView):
    def get(self):
        v = int(request.cookies["visits"]) + 1
        html = render_template_string("""
            <h1>Tasks</h1>
            {% for task in tasks %}
            <li>{{ task }}</li>
            {% endfor %}
            <p>Hello! Visit <b>{{ v }}</b></p>
            <a href="{{ url_for('home') }}">Home</a>
        """, tasks=TASKS, v=v)
        response = make_response(html)
        response.set_cookie("visits", str(v))
        return response

app.add_url_rule("/", view_func=TaskView.as_view("home"))
