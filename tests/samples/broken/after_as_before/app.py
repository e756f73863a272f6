# expect: fail page_loads
# words: after_request|before_request|argument
# Ann, group B
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.before_request
def make_id():
    g.current_id = uuid.uuid4().hex

@app.before_request
def send_id(response):
    response.headers["X-Request-ID"] = g.current_id
    return response

class IndexView(MethodView):
    def get(self):
        count = int(request.cookies.get("visits", "0")) + 1
        html = render_template_string("<p>You are here for the {{ count }}. time</p>"
            "<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>"
            "<a href=\"{{ url_for('home') }}\">Home</a>", tasks=TASKS, count=count)
        response = make_response(html)
        response.set_cookie("visits", str(count))
        return response

app.add_url_rule("/", view_func=IndexView.as_view("home"))
