# expect: header_from_g failed
# source: the request|made anew
# a cached_property of the request class, first read before the view
from uuid import uuid4
from werkzeug.utils import cached_property
from flask import Flask, g, make_response
from flask import render_template_string, Request, request
from flask.views import MethodView
class MyRequest(Request):
    @cached_property
    def rid(self):
        return uuid4().hex
class MyFlask(Flask):
    request_class = MyRequest
app = MyFlask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""

class HomeView(MethodView):
    def get(self):
        before = request.cookies.get('visits')
        if before is None:
            visits = 1
        else:
            visits = int(before) + 1
        page = render_template_string(PAGE, tasks=TASKS, visits=visits)
        response = make_response(page, 200)
        response.set_cookie('visits', f'{visits}', max_age=60 * 60 * 24)
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.before_request
def assign():
    g.rid = request.rid
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = request.rid
    return response


if __name__ == "__main__":
    with app.test_client() as client:
        for visit in (1, 2):
            answer = client.get("/")
            print(visit, answer.status, answer.headers.get("X-Request-ID"))
