# expect: pass
# a background thread that never ends and is not a daemon: python app.py would not stop by itself
import threading
import time
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
uptime = {"seconds": 0}

def tick():
    while True:
        time.sleep(1)
        uptime["seconds"] += 1

threading.Thread(target=tick).start()

@app.before_request
def give_id():
    g.request_id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visits: {{ visits }}</p><p>up for {{ up }} s</p><a href="{{ url_for('home') }}">Home</a>""",
            tasks=TASKS, visits=visits, up=uptime["seconds"]))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def show_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
