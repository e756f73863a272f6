# expect: fail page_loads
# words: return|None
# line: 26
# set_cookie returns None, and that is what the view returns
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.rid
    return response

@app.before_request
def assign():
    g.rid = str(uuid4())

class HomePage(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        html = render_template_string("<p>{{ visits }}. visit</p>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}"
                                      "<a href=\"{{ url_for('home') }}\">Home</a>", visits=visits, tasks=TASKS)
        return make_response(html).set_cookie("visits", str(visits))

app.add_url_rule("/", view_func=HomePage.as_view("home"))
