# expect: pass
# make_app(config=None), with helper functions that wire the app up
import os
import binascii

import flask
from flask.views import MethodView

TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]


def new_id():
    return binascii.hexlify(os.urandom(8)).decode()


def add_hooks(web):
    def open_request():
        flask.g.number = new_id()

    def close_request(answer):
        answer.headers["X-Request-ID"] = flask.g.number
        return answer

    web.before_request(open_request)
    web.after_request(close_request)


class Home(MethodView):
    def get(self):
        seen = int(flask.request.cookies.get("visits", "0"))
        seen += 1
        page = flask.render_template_string(
            "<h3>Tasks</h3>{% for t in tasks %}<div>{{ t }}</div>{% endfor %}"
            "<p>you were here {{ seen }}x already, or rather {{ seen }} times</p>"
            "<a href='{{ url_for(\"home\") }}'>again</a>",
            tasks=TASKS, seen=seen)
        answer = flask.make_response(page)
        answer.set_cookie("visits", str(seen))
        return answer


def make_app(config=None):
    web = flask.Flask(__name__)
    if config:
        web.config.update(config)
    add_hooks(web)
    web.add_url_rule("/", view_func=Home.as_view("home"))
    return web


app = make_app()
