# expect: fail header_from_g
# words: global|config|\bapp\b|\bg\b
# line: 23
# the id is kept in app.config: one for all visitors
from uuid import uuid4
from flask import Flask, current_app
from flask import g, make_response
from flask import render_template_string, request
from flask.views import MethodView

TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

def create_app():
    app = Flask(__name__)

    @app.before_request
    def hook_one():
        g.started = True
        current_app.config["REQUEST_ID"] = uuid4().hex

    @app.after_request
    def hook_two(response):
        response.headers["X-Request-ID"] = current_app.config["REQUEST_ID"]
        return response

    app.add_url_rule("/", view_func=Main.as_view("home"))
    return app

class Main(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """{% for item in tasks %}<p>{{item}}</p>{% endfor %}
            <p><small>Besuch Nr. {{ besuche }}</small></p><a href="{{ url_for('home') }}">Start page</a>""", tasks=TASKS, besuche=besuche))
        response.set_cookie("visits", str(besuche))
        return response
