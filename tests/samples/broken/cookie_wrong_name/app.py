# expect: fail visit_first
# words: visits|name
# line: 27
# my solution, please be kind
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = "<h1>Tasks</h1>{% for task in tasks %}<p>{{ task }}</p>{% endfor %}<p>visit {{ visit_count }}</p><a href=\"{{ url_for('home') }}\">Home</a>"

@app.after_request
def stamp_request_id(resp):
    resp.headers["X-Request-ID"] = g.rid
    return resp

class Accueil(MethodView):
    def get(self):
        visit_count = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(PAGE, tasks=TASKS, visit_count=visit_count))
        resp.set_cookie("visit", str(visit_count))
        return resp

@app.before_request
def assign_request_id():
    g.rid = uuid4().hex

app.add_url_rule("/", view_func=Accueil.as_view("home"))

if __name__ == "__main__":
    app.run(debug=True)
