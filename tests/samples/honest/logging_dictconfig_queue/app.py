# expect: pass
# logging.config.dictConfig with a file, and a queue whose listener writes from a thread of its own
import atexit
import logging
import logging.config
import logging.handlers
import queue
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.logging import default_handler
from flask.views import MethodView

logging.config.dictConfig({
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"default": {"format": "[%(asctime)s] %(levelname)s in %(module)s: %(message)s"}},
    "handlers": {
        "wsgi": {"class": "logging.StreamHandler", "stream": "ext://flask.logging.wsgi_errors_stream", "formatter": "default"},
        "file": {"class": "logging.handlers.RotatingFileHandler", "filename": "logs.txt", "maxBytes": 10000,
                 "backupCount": 1, "formatter": "default"},
    },
    "root": {"level": "INFO", "handlers": ["wsgi", "file"]},
})
lines = queue.SimpleQueue()
listener = logging.handlers.QueueListener(lines, logging.FileHandler("queued.txt"))
listener.start()
atexit.register(listener.stop)

app = Flask(__name__)
app.logger.removeHandler(default_handler)
app.logger.addHandler(logging.handlers.QueueHandler(lines))
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        app.logger.error("not an error: visit %s", visits)
        try:
            1 / 0
        except ZeroDivisionError:
            app.logger.exception("this one is on purpose")
        response = make_response(render_template_string("""
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
