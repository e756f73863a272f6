# expect: fail header_present
# words: X-Request-ID
# line: 35
from uuid import uuid4
from flask import *
from flask.views import MethodView


app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]


@app.before_request
def b():
    g.request_id = uuid4().hex[:16]


class HomePage(MethodView):
    def get(self):
        visit_number = int(request.cookies.get("visits", "0")) + 1
        res = make_response(render_template_string(
            "{% for task in tasks %}<li>{{ task }}</li>{% endfor %} visit_number: {{ visit_number }}"
            "<a href=\"{{ url_for('home') }}\">Home</a>", tasks=TASKS, visit_number=visit_number))
        res.set_cookie("visits", str(visit_number))
        return res


@app.after_request
def a(res):
    res.headers["X-Reqest-ID"] = g.request_id
    return res


app.add_url_rule("/", view_func=HomePage.as_view("home"))
