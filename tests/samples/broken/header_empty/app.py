# expect: fail header_present
# words: empty
# line: 29
# my solution, please be kind
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def first():
    g.request_id = uuid.uuid4().hex

class TodoList(MethodView):
    def get(self):
        count = int(request.cookies.get("visits", "0")) + 1
        page_response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visits: {{ count }}</p><a href="{{ url_for('home') }}">home</a>""", tasks=TASKS, count=count))
        page_response.set_cookie("visits", str(count))
        return page_response

app.add_url_rule("/", view_func=TodoList.as_view("home"))

@app.after_request
def last(page_response):
    page_response.headers["X-Request-ID"] = g.get("requestid", "")
    return page_response
