# expect: pass
# a pool of 32 threads, each of which has something of its own in memory
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
SIZE = 32
pool = ThreadPoolExecutor(SIZE)
together = threading.Barrier(SIZE)

def warm_up(number):
    own = [bytes(3000) for _ in range(500)]
    together.wait(20)
    return len(own) + number

assert sum(pool.map(warm_up, range(SIZE))) > 0

@app.before_request
def new_id():
    g.request_id = pool.submit(uuid4).result(5).hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visit number: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def send_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
