# expect: fail visit_per_visitor
# words: share|global|each|cookie|address|two
# one count for every IP address: two browsers behind one address share it
# Exercise 1, a dynamic web app
from collections import defaultdict
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
counts = defaultdict(int)


class StartPage(MethodView):
    def get(self):
        count = counts[request.remote_addr]
        page = render_template_string("""<h1>Tasks</h1>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Dear {{ ip }}, this is your visit {{ count }}</p>
<a href="{{ url_for('home') }}">Reload</a>""", tasks=TASKS, count=count, ip=request.remote_addr)
        rsp = make_response(page)
        rsp.set_cookie("visits", str(count))
        return rsp


app.add_url_rule("/", view_func=StartPage.as_view("home"))


@app.after_request
def end_request(rsp):
    rsp.headers["X-Request-ID"] = g.req
    return rsp


@app.before_request
def start_request():
    g.req = uuid4().hex
    if request.path == "/" and request.method == "GET":
        counts[request.remote_addr] += 1

if __name__ == "__main__":
    app.run(debug=True)
