# expect: header_from_g passed
# a cached_property which the after hook is the first to ask for
import secrets
from functools import cached_property
import hashlib
from flask import current_app, Flask, g, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
class Ctx:
    def __init__(self, seed):
        self.seed = seed
    @cached_property
    def rid(self):
        return hashlib.sha1(self.seed).hexdigest()
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""


class TaskPage(MethodView):
    methods = ["GET"]

    def get(self):
        n = request.cookies.get("visits", default=0, type=int) + 1
        answer = current_app.make_response(
            render_template_string(PAGE, tasks=TASKS, visits=n)
        )
        answer.set_cookie(key="visits", value=str(n), path="/")
        return answer

app.add_url_rule("/", view_func=TaskPage.as_view("home"))

@app.before_request
def begin():
    g.ctx = Ctx(secrets.token_bytes(8))
@app.after_request
def end(response):
    response.headers["X-Request-ID"] = g.ctx.rid
    return response
