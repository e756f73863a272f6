# expect: fail after_request_returns
# words: return
# line: 22
from uuid import uuid4
from flask import *
from flask.views import MethodView
app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
@app.before_request
def one():
    g.request_id = uuid4().hex
class HomeView(MethodView):
    def get(self):
        v = int(request.cookies.get("visits", 0)) + 1
        r = make_response(render_template_string("<p>Visits {{v}}</p>{% for t in ts %}<li>{{t}}</li>{% endfor %}<a href={{url_for('home')}}>H</a>", v=v, ts=TASKS))
        r.set_cookie("visits", str(v))
        return r
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.after_request
def three(response):
    response.headers["X-Request-ID"] = g.request_id
    return g.request_id
