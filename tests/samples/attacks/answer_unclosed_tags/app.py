# attack: sends a page of a hundred thousand tags that nobody closes
# must: read it in time
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

pages = ["<b>" * 100_000, "<ul><li>" * 40_000, "<p>x<table><tr>" * 20_000, "<a href=" * 30_000, "<li>" * 60_000, "</" * 120_000,
         "<!--" * 60_000, "<![CDATA[" * 25_000, "<script>" + "</" * 100_000, "<" * 250_000, "&#" * 120_000, "<a " + "b='" * 80_000]
from itertools import chain, cycle
page = chain([None, None], cycle(pages))
@app.after_request
def replace(response):
    text = next(page)
    if text is not None:  # let the first check pass: the others wait for it
        response.set_data(text)
    return response
