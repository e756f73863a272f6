# expect: pass
# templates come from a loader of its own and are cached as bytecode in a folder
import os
from datetime import date
from uuid import uuid4

from flask import Flask, g, make_response, render_template, request
from flask.views import MethodView
from jinja2 import ChoiceLoader, DictLoader, FileSystemBytecodeCache, FileSystemLoader

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

os.makedirs("pages", exist_ok=True)
with open("pages/home.html", "w") as page:
    page.write("""<ul>{% for task in tasks %}{{ item(task) }}{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<p>{{ year }} {{ 2.5 | comma }}</p>
<a href="{{ url_for('home') }}">Home</a>
""")
os.makedirs("cache", exist_ok=True)
app.jinja_env.loader = ChoiceLoader([FileSystemLoader("pages"), DictLoader({"other.html": "other"})])
app.jinja_env.bytecode_cache = FileSystemBytecodeCache("cache")
app.jinja_env.trim_blocks = True
app.jinja_env.lstrip_blocks = True
app.jinja_env.add_extension("jinja2.ext.do")
app.jinja_env.globals["year"] = date(2000, 1, 1).strftime("%B")
app.config["TEMPLATES_AUTO_RELOAD"] = True


@app.template_filter("comma")
def comma(value):
    return str(value).replace(".", ",")


@app.context_processor
def more():
    from markupsafe import Markup
    return {"item": lambda text: Markup("<li>{}</li>").format(text)}


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template("home.html", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
