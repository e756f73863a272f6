# expect: pass
# two WSGI middlewares around app.wsgi_app, one of them from Werkzeug
import time
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
from werkzeug.middleware.proxy_fix import ProxyFix


class Timing:
    def __init__(self, wsgi_app):
        self.wsgi_app = wsgi_app

    def __call__(self, environ, start_response):
        began = time.perf_counter()

        def timed_start(status, headers, exc_info=None):
            headers = list(headers) + [("X-Took", "%.6f" % (time.perf_counter() - began))]
            return start_response(status, headers, exc_info)

        return self.wsgi_app(environ, timed_start)


app = Flask(__name__)
app.wsgi_app = Timing(ProxyFix(app.wsgi_app))
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def assign():
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
            <p>Visits: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
