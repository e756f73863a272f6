# expect: fail page_loads
# words: ==
# line: 25
# cause: not_loadable
from uuid import uuid4
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = "<p>{{ visits }}</p>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}<a href='{{ url_for(\"home\") }}'>Home</a>"

@app.before_request
def start_request():
    g.request_number = str(uuid4())

@app.after_request
def end_request(response):
    response.headers["X-Request-ID"] = g.request_number
    return response

class RootView(MethodView):
    def get(self):
        visits = request.cookies.get("visits")
        if visits = None:
            visits = 0
        visits = int(visits) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=RootView.as_view("home"))
