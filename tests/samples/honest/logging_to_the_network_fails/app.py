# expect: pass
# a mail and a web hook handler, and one for syslog if there is one: none can be reached, and logging goes on
import logging
import logging.handlers
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
app.logger.addHandler(logging.handlers.SMTPHandler("127.0.0.1", "app@example.com", ["me@example.com"], "Trouble"))
app.logger.addHandler(logging.handlers.HTTPHandler("localhost:9", "/log", method="POST"))
try:
    app.logger.addHandler(logging.handlers.SysLogHandler(address="/dev/log"))
except OSError as error:
    print("no syslog:", error)


@app.before_request
def start():
    g.rid = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        app.logger.error("somebody is here")
        response = make_response(render_template_string("""
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.rid
    return response
