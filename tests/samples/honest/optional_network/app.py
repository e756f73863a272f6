# expect: pass
# asks the network for the weather, its own address and a cache, each with the error that offline computers give
import http.client
import json
import socket
import urllib.error
import urllib.request
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


def weather():
    try:
        with urllib.request.urlopen("https://api.example.com/weather?q=Vienna", timeout=1) as answer:
            return json.load(answer)["text"]
    except urllib.error.URLError:
        return "unknown"


def address():
    try:
        return socket.gethostbyname(socket.gethostname())
    except socket.gaierror:
        return "127.0.0.1"


def is_online():
    try:
        socket.create_connection(("192.0.2.1", 53), timeout=0.2).close()
        return True
    except OSError:
        return False


def cache():
    try:
        connection = http.client.HTTPConnection("localhost", 6379, timeout=1)
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<!doctype html>
<p>Weather: {{ weather }}{% if not online %} (offline){% endif %}{% if cache %} cached{% endif %}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits, weather=weather(), online=is_online(), cache=cache()))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response


print("running on", address())
