# expect: fail page_loads
# words: return|before_request|check_everything
# line: 37
# Flask blames "the view function for 'home'", but the hook is to blame
'''Task page'''
import secrets
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.after_request
def after(res):
    res.headers["X-Request-ID"] = g.request_number
    return res

class TodoList(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        res = make_response(render_template_string(
            """<h1>To do</h1>
{% for item in tasks %}<p>{{item}}</p>{% endfor %}
            <p>counter = {{ visits }}</p><a href="{{ url_for('home') }}">Start page</a>""", tasks=TASKS, visits=visits))
        res.set_cookie("visits", str(visits))
        return res

@app.before_request
def check_everything():
    g.request_number = secrets.token_hex(10)
    print("all right:", len(g.request_number) == 32)
    return True

app.add_url_rule("/", view_func=TodoList.as_view("home"))
