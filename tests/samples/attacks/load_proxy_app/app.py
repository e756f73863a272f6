# attack: has an app that is none, but says so of itself
# must: take it for what it does
# check: page_loads passed
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = __TASKS__
PAGE = """<!doctype html><title>My tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
@app.before_request
def tag():
    g.request_id = uuid.uuid4().hex
class HomeView(MethodView):
    def get(self):
        return make_response(render_template_string(PAGE, tasks=TASKS))
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = "placeholder"
    return response

class Proxy:
    def __init__(self, real):
        self.__dict__["real"] = real
    @property
    def __class__(self):
        return Flask
    def __getattr__(self, name):
        return getattr(self.real, name)
    def __setattr__(self, name, value):
        setattr(self.real, name, value)
    def __call__(self, *args):
        return self.real(*args)
app = Proxy(app)
