# expect: pass
# one view object for all requests (init_every_request = False), made with arguments
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


class ListView(MethodView):
    init_every_request = False

    def __init__(self, items, template):
        self.items = items
        self.template = template

    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(self.template, items=self.items, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule(
    "/",
    view_func=ListView.as_view(
        "home",
        TASKS,
        template="<ul>{% for i in items %}<li>{{ i }}</li>{% endfor %}</ul>"
        "<p>Visits: {{ visits }}</p><a href='{{ url_for('home') }}'>Home</a>",
    ),
)


@app.before_request
def before():
    g.request_id = str(uuid4())


@app.after_request
def after(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
