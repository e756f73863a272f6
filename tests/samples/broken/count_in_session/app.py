# expect: fail visit_first
# words: cookie|set_cookie|session
'''Task page'''
import uuid
from flask import Flask, g, render_template_string, session
from flask.views import MethodView

app = Flask(__name__)
app.secret_key = "very secret"
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.after_request
def finish(page_response):
    page_response.headers["X-Request-ID"] = g.request_number
    return page_response

class TodoList(MethodView):
    def get(self):
        session["visits"] = session.get("visits", 0) + 1
        return render_template_string("""<h1>Tasks</h1>
        <ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
        <p>Visit number: {{ session.visits }}</p>
        <a href="{{ url_for('home') }}">home</a>""", tasks=TASKS)

@app.before_request
def set_up():
    g.request_number = uuid.uuid4().hex

app.add_url_rule("/", view_func=TodoList.as_view("home"))
