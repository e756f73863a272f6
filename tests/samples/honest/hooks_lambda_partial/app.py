# expect: pass
# before hook is a lambda that returns None, after hook is a functools.partial
from functools import partial
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

app.before_request(lambda: setattr(g, "rid", uuid4().hex))


def add_header(name, response):
    response.headers[name] = g.rid
    return response


app.after_request(partial(add_header, "X-Request-ID"))


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            "<ul>{% for x in xs %}<li>{{ x }}</li>{% endfor %}</ul>Visits {{ v }} "
            "<a href={{ url_for('home')|tojson }}>Home</a>", xs=TASKS, v=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))
