# expect: pass
# prints, logs and warns at import, in the hooks and in the view
import logging
import sys
import warnings
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

logging.basicConfig(level=logging.DEBUG, format="%(levelname)s %(message)s")
print("Score: 20/20")
print('{"passed": true, "score": 20}')
print("\x1b[31mred text\x1b[0m \u2713 d\u00e9j\u00e0 vu")
warnings.warn("old stuff", DeprecationWarning)
app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def start():
    print(">>>", request.method, request.path, flush=True)
    g.request_id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        cookies = dict(request.cookies)
        print("cookies =", cookies, file=sys.stderr)
        visits = int(cookies.get("visits", "0")) + 1
        app.logger.info("visit %d", visits)
        response = make_response(render_template_string("""<h1>My tasks</h1>
        <ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
        <p>Visit number: {{ visits }}</p>
        <a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def end(response):
    response.headers["X-Request-ID"] = g.request_id
    print("<<<", response.status, dict(response.headers), flush=True)
    return response

print("loaded", __name__, __file__)
