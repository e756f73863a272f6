# expect: fail page_loads
# words: 404|register_blueprint|blueprint
# Ann, group B
import secrets
from flask import Blueprint, Flask, g, make_response, render_template_string, request
from flask.views import MethodView

site = Blueprint("site", __name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@site.before_app_request
def on_request():
    g.rid = secrets.token_hex(10)

class HomePage(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        page_response = make_response(render_template_string(
            """<ul>
        {%- for task in tasks %}
        <li><b>{{ task }}</b></li>
        {%- endfor %}
        </ul>
            <p>This is visit {{ besuche }}.</p><a href="{{ url_for('.home') }}">Home</a>""", tasks=TASKS, besuche=besuche))
        page_response.set_cookie("visits", str(besuche))
        return page_response

site.add_url_rule("/", view_func=HomePage.as_view("home"))

@site.after_app_request
def on_response(page_response):
    page_response.headers["X-Request-ID"] = g.rid
    return page_response

app = Flask(__name__)
