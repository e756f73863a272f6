# expect: fail page_loads
# words: render_template_sting|render_template_string
# line: 7
# cause: not_loadable
# Ann, group B
from uuid import uuid4
from flask import Flask, g, make_response, render_template_sting, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

class HomePage(MethodView):
    def get(self):
        count = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_sting(
            """<h1>To do</h1>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>{{ count }} visits so far</p><a href="{{ url_for('home') }}">home</a>""", tasks=TASKS, count=count))
        r.set_cookie("visits", str(count))
        return r

app.add_url_rule("/", view_func=HomePage.as_view("home"))

@app.after_request
def finish(r):
    r.headers["X-Request-ID"] = g.request_id
    return r

@app.before_request
def set_up():
    g.request_id = uuid4().hex[:16]
