# expect: pass
import uuid
from flask import Blueprint, Flask, g, make_response, render_template_string, request
from flask.views import MethodView
bp = Blueprint("site", __name__)
PAGE = """<h1>Tasks</h1><p>You have been here {{ visits }} times</p>
<ul>{% for task in tasks %}
  <li>{{ task }}</li>
{% endfor %}</ul><a href="{{ url_for('site.home') }}">home</a>"""
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
@bp.before_app_request
def ident():
    g.ident = uuid.uuid4()
class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response
bp.add_url_rule("/", view_func=HomeView.as_view("home"))
@bp.after_app_request
def mark(response):
    response.headers["X-Request-ID"] = str(g.ident)
    return response
app = Flask(__name__)
app.register_blueprint(bp)
