# expect: fail page_loads
# words: Flask|\bapp\b
# cause: not_loadable
# plain Python, the app = Flask(__name__) line got lost
import secrets
from flask.views import MethodView
from flask import g, make_response, render_template_string, request

TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

def vorher():
    g.req = secrets.token_hex(10)

class RootView(MethodView):
    def get(self):
        v = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>counter = {{ v }}</p><a href="{{ url_for('home') }}">&larr; back</a>""", tasks=TASKS, v=v))
        response.set_cookie("visits", str(v))
        return response

def nachher(response):
    response.headers["X-Request-ID"] = g.req
    return response
