# expect: fail page_loads
# words: too long|seconds|sleep|slow
# cause: timed_out
# line: 17
# Ann, group B
import time
import secrets
from flask import g, make_response, request, render_template_string, Flask
from flask.views import MethodView

app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

@app.before_request
def on_request():
    g.uid = secrets.token_hex(10)
    time.sleep(60)  # seconds or milliseconds?

class StartPage(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        res = make_response(render_template_string(
            """<html><body>
<ul>
{% for task in tasks %}
  <li>{{ task }}</li>
{% endfor %}
</ul>
            <p>visit #{{ besuche }}</p><a href="{{ url_for('home') }}">home</a>""", tasks=TASKS, besuche=besuche))
        res.set_cookie("visits", str(besuche))
        return res

app.add_url_rule("/", view_func=StartPage.as_view("home"))

@app.after_request
def on_response(res):
    res.headers["X-Request-ID"] = g.uid
    return res
