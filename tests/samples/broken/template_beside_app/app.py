# expect: fail page_loads
# words: templates
# line: 21
# index.html lies beside app.py, not in templates/
# version 3, finally works??
from uuid import uuid4
from flask import Flask, render_template, g, request, make_response
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

class Home(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        page = render_template("index.html", tasks=TASKS, visits=visits)
        page_response = make_response(page)
        page_response.set_cookie("visits", str(visits))
        return page_response

app.add_url_rule("/", view_func=Home.as_view("home"))

@app.after_request
def end_request(page_response):
    page_response.headers["X-Request-ID"] = g.request_number
    return page_response

@app.before_request
def start_request():
    g.request_number = str(uuid4())
