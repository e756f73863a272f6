# expect: pass
# a daemon thread and a thread pool that renders the tasks
import queue
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
seen = queue.Queue()
lock = threading.Lock()
total = 0


def bookkeeper():
    global total
    while True:
        seen.get()
        with lock:
            total += 1


threading.Thread(target=bookkeeper, daemon=True).start()


@app.before_request
def new_id():
    g.request_id = uuid4().hex
    seen.put(g.request_id)


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        with ThreadPoolExecutor(2) as pool:
            tasks = list(pool.map(str.strip, TASKS))
        response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visit number: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=tasks, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def send_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
