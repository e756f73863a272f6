# expect: pass
# a counter in a memory-mapped file behind a file lock, pipes and selectors between threads
import mmap
import os
import selectors
import struct
import threading
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

try:
    import fcntl
except ImportError:
    fcntl = None

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
with open("counter.bin", "wb") as new:
    new.write(bytes(4096))
file = open("counter.bin", "r+b")
page = mmap.mmap(file.fileno(), 4096)
nameless = mmap.mmap(-1, 4096)
reading, writing = os.pipe()
selector = selectors.DefaultSelector()
selector.register(reading, selectors.EVENT_READ)
threading.Thread(target=os.write, args=(writing, b"ready")).start()
assert selector.select(5)
assert os.read(reading, 5) == b"ready"


def count():
    with open("counter.lock", "w") as lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        (number,) = struct.unpack_from("<Q", page)
        struct.pack_into("<Q", page, 0, number + 1)
        page.flush()
        os.fsync(file.fileno())
    return number


@app.before_request
def assign_request_id():
    g.request_id = f"{count():08}-{uuid4().hex}"


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<!doctype html>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
