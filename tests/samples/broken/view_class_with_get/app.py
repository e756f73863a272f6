# expect: fail page_loads
# words: MethodView|dispatch_request
# line: 17
# View instead of MethodView: nobody calls get
from uuid import uuid4
from flask import render_template_string, make_response, g, Flask, request
from flask.views import View

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.after_request
def despues(rsp):
    rsp.headers["X-Request-ID"] = g.rid
    return rsp

class MyView(View):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        rsp = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>counter = {{ visits }}</p><a href="{{ url_for('home') }}">again</a>""", tasks=TASKS, visits=visits))
        rsp.set_cookie("visits", str(visits))
        return rsp

@app.before_request
def antes():
    g.rid = uuid4().hex

app.add_url_rule("/", view_func=MyView.as_view("home"))
