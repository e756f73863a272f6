# expect: pass
# sched in a thread cleans old entries out of a cache; lru_cache and weak references keep others
import functools
import sched
import threading
import time
import weakref
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
cache = {}
scheduler = sched.scheduler(time.monotonic, time.sleep)


def clean():
    for key in list(cache):
        if cache[key] < time.monotonic() - 60:
            cache.pop(key, None)
    scheduler.enter(0.05, 1, clean)


scheduler.enter(0, 1, clean)
threading.Thread(target=scheduler.run, daemon=True).start()


class Visitor:
    def __init__(self, name):
        self.name = name


visitors = weakref.WeakValueDictionary()


@functools.lru_cache(maxsize=128)
def title(task):
    return task.strip()


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex
    g.visitor = Visitor(request.remote_addr)
    visitors[g.request_id] = g.visitor
    cache[g.request_id] = time.monotonic()


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<!doctype html>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=map(title, TASKS), visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
