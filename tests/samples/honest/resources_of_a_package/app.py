# expect: pass
# reads its own files by importlib.resources, pkgutil, open_resource and importlib; finds modules by a walk
import importlib
import importlib.resources
import pkgutil
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

import plugin_count

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PLUGINS = {
    found.name: importlib.import_module(found.name)
    for found in pkgutil.iter_modules([app.root_path])
    if found.name.startswith("plugin_")
}
assert sorted(PLUGINS) == ["plugin_count", "plugin_page"]
importlib.reload(PLUGINS["plugin_count"])
with app.open_resource("static/about.txt", "r") as about:
    ABOUT = about.read().strip()
assert pkgutil.get_data("plugin_page", "static/about.txt").decode().strip() == ABOUT
assert "class Flask" in importlib.resources.files("flask").joinpath("app.py").read_text(encoding="utf-8")


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = PLUGINS["plugin_count"].after(request.cookies)
        response = make_response(render_template_string(PLUGINS["plugin_page"].PAGE, tasks=TASKS, visits=visits, about=ABOUT))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
