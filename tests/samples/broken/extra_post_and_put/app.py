# expect: fail method_view
# words: POST|PUT|405|method
from uuid import uuid4
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView


app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]


@app.before_request
def before():
    g.request_number = str(uuid4())


class RootView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        page_response = make_response(render_template_string(
            """<h2>Today</h2>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>This is visit {{ visits }}.</p><a href="{{ url_for('home') }}">click me</a>""", tasks=TASKS, visits=visits))
        page_response.set_cookie("visits", str(visits))
        return page_response


    def post(self):
        return self.get()


    def put(self):
        return "not used", 200


app.add_url_rule("/", view_func=RootView.as_view("home"))


@app.after_request
def after(page_response):
    page_response.headers["X-Request-ID"] = g.request_number
    return page_response
