# expect: fail page_loads
# words: home|endpoint|twice|overwrit
# line: 33
# cause: not_loadable
'''Task page'''
import secrets
from flask import *
from flask.views import MethodView

app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

@app.before_request
def first():
    g.id = secrets.token_hex(10)

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_string(
            """<!doctype html>
<title>Tasks</title>
<ul>
{% for task in tasks %}
  <li>{{ task }}</li>
{% endfor %}
</ul>
            <p>{{ visits }} visits so far</p><a href="{{ url_for('home') }}">Start page</a>""", tasks=TASKS, visits=visits))
        r.set_cookie("visits", str(visits))
        return r

app.add_url_rule("/", view_func=HomeView.as_view("home"))
app.add_url_rule("/home", view_func=HomeView.as_view("home"))

@app.after_request
def last(r):
    r.headers["X-Request-ID"] = g.id
    return r
