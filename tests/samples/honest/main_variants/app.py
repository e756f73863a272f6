# expect: pass
# a main() that makes a server, a reloader and an argument parser; only `python app.py` would start it
import argparse
import os
import sys
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
from werkzeug.serving import is_running_from_reloader, make_server, run_simple

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PORT = int(os.environ.get("PORT", 5000))

@app.before_request
def new_id():
    g.request_id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visit number: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def send_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response

def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=PORT)
    options, _rest = parser.parse_known_args(argv)
    print("arguments:", sys.argv, options)
    if __name__ != "__main__":
        return
    if is_running_from_reloader():
        print("again")
    make_server("127.0.0.1", options.port, app).serve_forever()

main()
if not __name__ != '__main__':
    run_simple('localhost', PORT, app, use_reloader=True, use_debugger=True)
if app.debug and __name__ == '__main__': app.run('0.0.0.0', 80)
