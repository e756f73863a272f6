# expect: fail visit_first
# words: set_cookie|cookie|response
# the cookie goes on one response, another one is returned
from uuid import uuid4
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def assign_request_id():
    g.id = uuid4().hex


class Accueil(MethodView):
    def get(self):
        v = int(request.cookies.get("visits", "0")) + 1
        page = render_template_string("""<p>Visits: {{ v }}</p>
{% for task in tasks %}<li>{{ task }}</li>{% endfor %}<a href="{{ url_for('home') }}">Start page</a>""", tasks=TASKS, v=v)
        make_response(page).set_cookie("visits", str(v))
        return make_response(page)


app.add_url_rule("/", view_func=Accueil.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.id
    return response
