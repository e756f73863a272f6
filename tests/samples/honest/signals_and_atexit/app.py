# expect: pass
# handlers for signals, for the end of the process, for crashes and for errors in threads
import atexit
import faulthandler
import signal
import sys
import threading
import warnings
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


def goodbye(*_arguments):
    print("shutting down")
    sys.exit(0)


signal.signal(signal.SIGTERM, goodbye)
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
if hasattr(signal, "alarm"):
    signal.signal(signal.SIGALRM, lambda *_: None)
    signal.alarm(30)
    signal.alarm(0)
atexit.register(print, "bye")
faulthandler.enable()
sys.setrecursionlimit(3000)
warnings.simplefilter("always")
warnings.warn("this app is old", stacklevel=1)
sys.excepthook = lambda kind, value, trace: print("oh no", kind, file=sys.stderr)
threading.excepthook = lambda args: print("oh no", args.exc_type, file=sys.stderr)
threading.Thread(target=lambda: 1 / 0).start()


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


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
