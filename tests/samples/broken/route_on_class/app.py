# expect: fail page_loads
# words: as_view|add_url_rule|route
# @app.route is for functions
'''Task page'''
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def vorher():
    g.req = uuid.uuid4().hex

@app.route("/", endpoint="home")
class TodoList(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(
            """<!doctype html>
<title>Tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>You have been here {{ num }} time(s).</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, num=num))
        resp.set_cookie("visits", str(num))
        return resp

@app.after_request
def nachher(resp):
    resp.headers["X-Request-ID"] = g.req
    return resp
