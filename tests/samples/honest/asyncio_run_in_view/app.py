# expect: pass
# asyncio.run() in an ordinary view: gather, to_thread, queues, locks, time-outs, an executor
import asyncio
import time
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


async def fetch(task, lock):
    async with lock:
        await asyncio.sleep(0.001)
    return await asyncio.to_thread(slowly, task)


def slowly(task):
    time.sleep(0.001)
    return task


async def fetch_all():
    lock = asyncio.Lock()
    async with asyncio.timeout(5):
        tasks = await asyncio.gather(*(fetch(task, lock) for task in TASKS))
    loop = asyncio.get_running_loop()
    length = await loop.run_in_executor(None, len, tasks)
    line = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(line.put(length))
        group.create_task(asyncio.wait_for(line.get(), 5))
    return tasks


@app.before_request
def assign():
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        tasks = asyncio.run(fetch_all())
        response = make_response(render_template_string("""
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=tasks, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
