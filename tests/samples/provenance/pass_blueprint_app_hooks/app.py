# expect: header_from_g passed
# before_app_request and after_app_request of a blueprint
from uuid import uuid4
from flask import Blueprint, Flask, g
from flask import render_template_string, request
from flask.views import MethodView
from werkzeug.http import dump_cookie
site = Blueprint("site", __name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']
PAGE = (
    "<!doctype html><title>Tasks</title>"
    "<h1>Tasks</h1>"
    "<ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>"
    "<p>Visits: <b>{{ visits }}</b></p>"
    "<nav><a href=\"{{ url_for('site.home') }}\">Home</a></nav>"
)

class HomeView(MethodView):
    def get(self):
        visits = 1 + int(request.cookies.get("visits") or 0)
        body = render_template_string(PAGE, tasks=TASKS, visits=visits)
        return body, 200, {"Set-Cookie": dump_cookie("visits", str(visits))}

site.add_url_rule("/", view_func=HomeView.as_view("home"))

@site.before_app_request
def before():
    g.rid = uuid4().hex
@site.after_app_request
def after(response):
    response.headers["X-Request-ID"] = g.rid
    return response
app = Flask(__name__)
app.register_blueprint(site)
