# attack: makes many thousand empty files
# must: 20,000 at most
# through: strong, partial
# check: page_loads passed
# limits: load_seconds=60 run_seconds=90
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

made = 0
try:
    for n in range(20_500):
        open(f"file-{n}", "x").close()
        made += 1
except OSError as e:
    print("blocked after", made, e)
if made > 20_000:
    print("PWNED made", made)
