# expect: pass
# makes itself a package while it starts, imports it, compiles it and runs a script by runpy
import compileall
import importlib
import os
import runpy
import sys
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
os.makedirs("generated", exist_ok=True)
with open("generated/__init__.py", "w") as f:
    f.write("NAME = 'generated'\n")
with open("generated/numbers_of_today.py", "w") as f:
    f.write("def following(number):\n    return int(number) + 1\n")
importlib.invalidate_caches()
sys.path.append(os.path.dirname(os.path.abspath(__file__)))
from generated.numbers_of_today import following
compileall.compile_dir("generated", quiet=1)
assert runpy.run_path("generated/__init__.py")["NAME"] == "generated"


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = following(request.cookies.get("visits", "0"))
        response = make_response(render_template_string("""<!doctype html>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
