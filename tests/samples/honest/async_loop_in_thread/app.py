# expect: pass
# an event loop that runs in a thread of its own; an async view beside it waits for it, and for a thread
import asyncio
import threading
from uuid import uuid4

from asgiref.sync import sync_to_async
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()


async def double(number):
    await asyncio.sleep(0)
    return number * 2


@app.before_request
async def assign():
    g.request_id = uuid4().hex
    g.double = asyncio.run_coroutine_threadsafe(double(4), loop).result(5)


class HomeView(MethodView):
    async def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        page = await sync_to_async(render_template_string)("""
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=await asyncio.to_thread(list, TASKS), visits=visits)
        response = make_response(page)
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
