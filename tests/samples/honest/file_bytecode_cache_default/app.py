# expect: pass
# FileSystemBytecodeCache() without a folder: it makes one of its own where temporary files lie
import uuid
from flask import Flask, g, make_response, render_template, request
from flask.views import MethodView
from jinja2 import DictLoader, FileSystemBytecodeCache

app = Flask(__name__)
app.jinja_loader = DictLoader({"index.html": """<h2>To do</h2>
{% for task in tasks %}<p class="task">{{ task }}</p>
{% endfor %}<p>Visits: {{ n }}</p><a href="{{ url_for('home') }}">Again</a>"""})
app.jinja_options = {"bytecode_cache": FileSystemBytecodeCache()}
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

class Home(MethodView):
    def get(self):
        n = int(request.cookies.get("visits") or 0) + 1
        r = make_response(render_template("index.html", tasks=TASKS, n=n))
        r.set_cookie("visits", str(n))
        return r

app.add_url_rule("/", view_func=Home.as_view("home"))

@app.before_request
def b():
    g.i = uuid.uuid4().hex

@app.after_request
def a(r):
    r.headers["X-Request-ID"] = g.i
    return r
