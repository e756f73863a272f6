# expect: fail after_request_returns
# words: no_cache|return
# line: 24
# the error appears in stamp, but no_cache is the hook that returns nothing
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<h1>Tasks</h1><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p><small>Besuch Nr. {{ count }}</small></p><a href="{{ url_for('home') }}">Home</a>"""

@app.before_request
def tag():
    g.rid = uuid4().hex

@app.after_request
def stamp(page_response):
    page_response.headers["X-Request-ID"] = g.rid
    return page_response

@app.after_request
def no_cache(page_response):
    page_response.headers["Cache-Control"] = "no-store"

class Main(MethodView):
    def get(self):
        count = int(request.cookies.get("visits", "0")) + 1
        page_response = make_response(render_template_string(PAGE, tasks=TASKS, count=count))
        page_response.set_cookie("visits", str(count))
        return page_response

app.add_url_rule("/", view_func=Main.as_view("home"))
