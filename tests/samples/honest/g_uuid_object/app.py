# expect: pass
# g holds a UUID object, turned into text only for the header
from uuid import UUID, uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def before():
    g.request_uuid = uuid4()
    assert isinstance(g.request_uuid, UUID)


class HomeView(MethodView):
    template = """<!doctype html><html><body>
    <p>Number of visits so far: <b>{{ count }}</b></p>
    <ol>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ol>
    <nav><a class="nav" href="{{ url_for('home') }}">Home</a></nav></body></html>"""

    def get(self):
        count = int(request.cookies.get("visits") or 0) + 1
        response = make_response(render_template_string(self.template, count=count, tasks=TASKS))
        response.set_cookie("visits", str(count))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def after(response):
    response.headers.set("X-Request-ID", str(g.request_uuid))
    return response
