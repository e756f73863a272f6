# expect: pass
# async view and async hooks
import asyncio
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<!doctype html><title>Async tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visits: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>"""


@app.before_request
async def assign_request_id():
    await asyncio.sleep(0)
    g.request_id = uuid4().hex


class HomeView(MethodView):
    async def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        tasks = await asyncio.gather(*(self.load(task) for task in TASKS))
        response = make_response(render_template_string(PAGE, tasks=tasks, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

    async def load(self, task):
        await asyncio.sleep(0.001)
        return task


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
async def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
