# expect: fail g_before_view
# words: before_request|too late|before the view
# line: 15
# the id is put on g by the view: too late
'''Task page'''
import secrets
from flask import *
from flask.views import MethodView

app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

class StartPage(MethodView):
    def get(self):
        g.request_id = secrets.token_hex(10)
        visits = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_string(
            """<h1>Tasks</h1><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>This is visit {{ visits }}.</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        r.set_cookie("visits", str(visits))
        return r

app.add_url_rule("/", view_func=StartPage.as_view("home"))

@app.after_request
def after(r):
    r.headers["X-Request-ID"] = g.get("request_id", "none")
    return r
