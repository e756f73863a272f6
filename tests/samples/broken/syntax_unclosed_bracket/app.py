# expect: fail page_loads
# words: never closed|bracket|parenthes|\(
# line: 26
# cause: not_loadable
from uuid import uuid4
from flask import Flask, g
from flask import make_response, render_template_string
from flask import request
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = "<p>{{ visits }}</p>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}<a href='{{ url_for(\"home\") }}'>Home</a>"


@app.after_request
def on_response(response):
    response.headers["X-Request-ID"] = g.request_id
    return response


class Accueil(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits)
        response.set_cookie("visits", str(visits))
        return response


@app.before_request
def on_request():
    g.request_id = uuid4().hex


app.add_url_rule("/", view_func=Accueil.as_view("home"))
