# expect: pass
# app.run() at the end of the file without the __main__ guard
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
import uuid

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def before():
    g.request_id = str(uuid.uuid4())

class Home(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", 0))
        visits += 1
        html = """
        <html><body><h1>Tasks</h1>
        {% for task in tasks %}
        <li>{{task}}</li>
        {% endfor %}
        <p>You visited this site {{visits}} times</p>
        <a href="{{url_for('home')}}">Home</a>
        </body></html>"""
        resp = make_response(render_template_string(html, tasks = TASKS, visits = visits))
        resp.set_cookie("visits", str(visits))
        return resp

app.add_url_rule("/", view_func = Home.as_view("home"))

@app.after_request
def after(resp):
    resp.headers["X-Request-ID"] = g.request_id
    return resp

app.run(host="0.0.0.0", port=5000, debug=True)
