# expect: pass
# the page shows date and time in Vienna, the header has the start time from g in it
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
VIENNA = ZoneInfo("Europe/Vienna")

@app.before_request
def clock():
    g.now = datetime.now(VIENNA)
    g.request_id = uuid4().hex[:12]

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<!doctype html>
<p>It is {{ now.strftime("%A, %d %B %Y, %H:%M:%S") }} in Vienna.</p>
<p>Visits by you: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits, now=g.now))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = f"{g.now:%Y%m%dT%H%M%S}-{g.request_id}"
    return response
