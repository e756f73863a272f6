# attack: lets Python's own fault handler print for ever, and hangs
# must: end it when its time is up, unless it crashed before: the handler walks the frames of a thread that runs on
# cause: timed_out|too_much_output|crashed
# limits: load_seconds=2 request_seconds=1 run_seconds=3
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = __TASKS__
PAGE = """<!doctype html><title>My tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
@app.before_request
def tag():
    g.request_id = uuid.uuid4().hex
class HomeView(MethodView):
    def get(self):
        return make_response(render_template_string(PAGE, tasks=TASKS))
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = "placeholder"
    return response

import faulthandler, signal, time
faulthandler.unregister(signal.SIGUSR1)
faulthandler.enable()
faulthandler.dump_traceback_later(0.001, repeat=True)
@app.before_request
def hang():
    time.sleep(600)
