# attack: none: no hooks at all, the header set in the view
# must: be graded as ever
# check: after_request_returns failed
# check: g_before_view failed
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = __TASKS__
PAGE = """<!doctype html><title>My tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
@app.route("/")
def home():
    response = make_response(render_template_string(PAGE, tasks=TASKS))
    response.headers["X-Request-ID"] = uuid.uuid4().hex
    return response
