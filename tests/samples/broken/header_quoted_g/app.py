# expect: fail header_from_g
# words: quote|hard-?coded|text|always|same
# line: 34
# g.request_id in quotes is only text
# version 3, finally works??
from uuid import uuid4
from flask import request, make_response, render_template_string, g, Flask
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def vorher():
    g.request_id = uuid4().hex[:16]

class MyView(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        rsp = make_response(render_template_string(
            """<h3>Visit {{ besuche }}</h3><ul>
{% for task in tasks %}
  <li>{{ task }}</li>
{% endfor %}
</ul>
            <a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, besuche=besuche))
        rsp.set_cookie("visits", str(besuche))
        return rsp

app.add_url_rule("/", view_func=MyView.as_view("home"))

@app.after_request
def nachher(rsp):
    rsp.headers["X-Request-ID"] = "g.request_id"
    return rsp
