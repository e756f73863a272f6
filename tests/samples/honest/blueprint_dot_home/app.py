# expect: pass
# a blueprint named like a page, with url_for('.home') and the blueprint's own hooks
from uuid import uuid4
from flask import Blueprint, Flask, g, make_response, render_template_string, request
from flask.views import MethodView

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
main = Blueprint("main", __name__)


@main.before_request
def remember():
    g.rid = uuid4().hex


@main.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.rid
    return response


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        html = render_template_string(
            """<title>Tasks</title>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
            <p>Visit: {{ visits }}</p><a href="{{ url_for('.home') }}">Home</a>""",
            tasks=TASKS,
            visits=visits,
        )
        response = make_response(html)
        response.set_cookie("visits", str(visits))
        return response


main.add_url_rule("/", view_func=HomeView.as_view("home"))

app = Flask(__name__)
app.register_blueprint(main)
