# expect: pass
# shows the host's name, system, Python and processors, as many first pages do
import multiprocessing
import os
import platform
import socket
import sys
import time
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
STARTED = time.time()
HOST = {
    "name": socket.gethostname(),
    "full name": socket.getfqdn(),
    "node": platform.node(),
    "system": platform.platform(),
    "uname": " ".join(platform.uname()),
    "bits": platform.architecture()[0],
    "processor": platform.processor() or platform.machine(),
    "libc": "-".join(platform.libc_ver()),
    "python": f"{sys.implementation.name} {platform.python_version()} {sys.executable}",
    "processors": f"{os.cpu_count()} {multiprocessing.cpu_count()} {len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else ''}",
    "process": f"{os.getpid()} {os.getppid()} {os.getuid() if hasattr(os, 'getuid') else ''}",
    "home": os.path.expanduser("~"),
    "times": f"{os.times()} {time.process_time()} {time.perf_counter()}",
}


@app.before_request
def assign_request_id():
    g.start = time.perf_counter()
    g.request_id = f"{HOST['name']}-{uuid4().hex}"


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<!doctype html>
<title>{{ host.system }}</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<dl title="{{ host | length }} facts">{% for key in host %}<dt>{{ key }}</dt>{% endfor %}</dl>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits, host=HOST))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    response.headers["X-Took"] = f"{time.perf_counter() - g.start:.6f}"
    return response


print(HOST)
