# expect: pass
# measures itself: cProfile, tracemalloc, timeit, getrusage, perf_counter; keeps a log of slow requests
import cProfile
import io
import pstats
import resource
import timeit
import tracemalloc
from time import perf_counter, sleep
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
tracemalloc.start(3)
took = timeit.timeit("sorted(range(100))", number=100)
memory_limit = resource.getrlimit(resource.RLIMIT_AS)


@app.before_request
def start():
    g.started = perf_counter()
    g.request_id = uuid4().hex
    sleep(0.001)


class HomeView(MethodView):
    def get(self):
        profile = cProfile.Profile()
        profile.enable()
        visits = int(request.cookies.get("visits", "0")) + 1
        page = render_template_string("""<!doctype html>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits)
        profile.disable()
        pstats.Stats(profile, stream=io.StringIO()).sort_stats("cumulative").print_stats(5)
        response = make_response(page)
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stop(response):
    seconds = perf_counter() - g.started
    used = resource.getrusage(resource.RUSAGE_SELF)
    current, peak = tracemalloc.get_traced_memory()
    response.headers["Server-Timing"] = f"app;dur={seconds * 1000:.3f}"
    response.headers["X-Memory"] = f"{used.ru_maxrss} {current} {peak}"
    response.headers["X-Request-ID"] = g.request_id
    return response
