# expect: fail page_loads
# words: return|create_app
# cause: not_loadable
# line: 22
'''Task page'''
import uuid
from flask import render_template_string, Flask, make_response, request, g
from flask.views import MethodView

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

class MyView(MethodView):
    def get(self):
        v = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_string(
            """<h2>Today</h2>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>visit #{{ v }}</p><a href="{{ url_for('home') }}">Reload</a>""", tasks=TASKS, v=v))
        r.set_cookie("visits", str(v))
        return r

def create_app():
    app = Flask(__name__)

    @app.before_request
    def generate_request_id():
        g.uid = uuid.uuid4().hex

    @app.after_request
    def attach_request_id(r):
        r.headers["X-Request-ID"] = g.uid
        return r

    app.add_url_rule("/", view_func=MyView.as_view("home"))
