# expect: pass
# a Timer that starts itself again, Events, Semaphores, a Condition, a Barrier, thread-local data, a work queue
import queue
import threading
import time
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
ready = threading.Event()
slots = threading.BoundedSemaphore(2)
condition = threading.Condition()
barrier = threading.Barrier(2)
mine = threading.local()
jobs, answers = queue.PriorityQueue(), queue.Queue()
ticks = []


def tick():
    ticks.append(time.monotonic())
    with condition:
        condition.notify_all()
    again = threading.Timer(0.05, tick)
    again.daemon = True
    again.start()


def work():
    mine.name = threading.current_thread().name
    ready.set()
    barrier.wait(5)
    while True:
        _priority, text = jobs.get()
        with slots:
            answers.put(text.upper().lower())
        jobs.task_done()


tick()
threading.Thread(target=work, name="worker", daemon=True).start()
ready.wait(5)
barrier.wait(5)
with condition:
    assert condition.wait_for(lambda: len(ticks) > 1, timeout=5)


@app.before_request
def assign():
    g.request_id = uuid4().hex
    mine.request_id = g.request_id


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        jobs.put((1, g.request_id))
        assert answers.get(timeout=5) is not None
        response = make_response(render_template_string("""
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
