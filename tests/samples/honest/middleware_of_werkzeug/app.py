# expect: pass
# ProxyFix, a dispatcher, shared data and a profiler wrapped around the app
import os
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.profiler import ProfilerMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.middleware.shared_data import SharedDataMiddleware

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
other = Flask("other")
other.add_url_rule("/", view_func=lambda: "another app")
os.makedirs("shared", exist_ok=True)
os.makedirs("profiles", exist_ok=True)
with open("shared/a.txt", "w") as shared:
    shared.write("shared")


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<!doctype html>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response


app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1, x_prefix=1)
app.wsgi_app = SharedDataMiddleware(app.wsgi_app, {"/shared": os.path.join(os.path.dirname(__file__), "shared")})
app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/other": other, "/none": NotFound()})
app.wsgi_app = ProfilerMiddleware(app.wsgi_app, profile_dir="profiles", stream=None)
assert app.test_client().get("/shared/a.txt").text == "shared"
assert app.test_client().get("/other/").text == "another app"
