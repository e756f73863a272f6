# expect: fail task_list
# words: escape|safe|tags?\b|&lt;|<li>
# HTML made in Python goes through {{ }}: the visitor reads <li> on the page
'''Task page'''
from uuid import uuid4
from flask import request, render_template_string, make_response, g, Flask
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.after_request
def despues(answer):
    answer.headers["X-Request-ID"] = g.request_id
    return answer

@app.before_request
def antes():
    g.request_id = str(uuid4())

class HomePage(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        items = ""
        for task in TASKS:
            items += "<li>" + task + "</li>"
        answer = make_response(render_template_string(
            """<h1>To do</h1>
<ul>{{ items }}</ul><p>Visits: {{ besuche }}</p><a href="{{ url_for('home') }}">Start page</a>""",
            items=items, besuche=besuche))
        answer.set_cookie("visits", str(besuche))
        return answer

app.add_url_rule("/", view_func=HomePage.as_view("home"))
