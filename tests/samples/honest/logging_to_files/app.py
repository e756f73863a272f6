# expect: pass
# basicConfig(filename=), a FileHandler for the app and handlers that rotate
import logging
from logging.handlers import MemoryHandler, RotatingFileHandler, TimedRotatingFileHandler
from uuid import uuid4

from flask import Flask, g, has_request_context, make_response, render_template_string, request
from flask.views import MethodView

logging.basicConfig(filename="all.log", level=logging.DEBUG, encoding="utf-8",
                    format="%(asctime)s %(process)d %(threadName)s %(name)s %(levelname)s %(message)s")
app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


class RequestFormatter(logging.Formatter):
    def format(self, record):
        record.request_id = getattr(g, "request_id", "-") if has_request_context() else "-"
        record.remote = request.remote_addr if has_request_context() else "-"
        return super().format(record)


file_handler = logging.FileHandler("app.log")
file_handler.setFormatter(RequestFormatter("%(asctime)s %(remote)s %(request_id)s %(message)s"))
app.logger.addHandler(file_handler)
app.logger.addHandler(RotatingFileHandler("small.log", maxBytes=300, backupCount=3))
app.logger.addHandler(TimedRotatingFileHandler("daily.log", when="midnight"))
app.logger.addHandler(MemoryHandler(10, target=logging.FileHandler("late.log", delay=True)))
for number in range(30):
    app.logger.debug("a line to make the file turn over: %s", "x" * number)


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex
    app.logger.info("%s %s", request.method, request.full_path)


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        app.logger.warning("visit %s", visits)
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
    app.logger.info("%s", response.status)
    return response
