# expect: fail header_from_g
# words: \brequest\b
# line: 30
# the id is hung on the request object
from uuid import uuid4
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

class RootView(MethodView):
    def get(self):
        visit_number = int(request.cookies.get("visits", "0")) + 1
        page_response = make_response(render_template_string(
            """<h2>Hello {{ g.user }}</h2>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
            <p>Visits: {{ visit_number }}</p><a href="{{ url_for('home') }}">Reload</a>""", tasks=TASKS, visit_number=visit_number))
        page_response.set_cookie("visits", str(visit_number))
        return page_response

app.add_url_rule("/", view_func=RootView.as_view("home"))

@app.before_request
def generate_request_id():
    request.id = str(uuid4())
    g.user = "guest"

@app.after_request
def attach_request_id(page_response):
    page_response.headers["X-Request-ID"] = request.id
    return page_response
