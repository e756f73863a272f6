# attack: asks the network with the clients that Python has
# must: refuse
# check: page_loads passed
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

import asyncio, http.client, imaplib, smtplib, socket, ssl, urllib.request, xmlrpc.client
async def asked(start):
    await asyncio.wait_for(start, 1)
for name, way in {
    "getaddrinfo": lambda: socket.getaddrinfo("example.com", 80), "gethostbyname": lambda: socket.gethostbyname("localhost"),
    "gethostbyaddr": lambda: socket.gethostbyaddr("127.0.0.1"), "getnameinfo": lambda: socket.getnameinfo(("192.0.2.1", 80), socket.NI_NAMEREQD),
    "urllib": lambda: urllib.request.urlopen("http://127.0.0.1:80/", timeout=1),
    "metadata": lambda: urllib.request.urlopen("http://169.254.169.254/latest/meta-data/", timeout=1),
    "http.client": lambda: http.client.HTTPConnection("127.0.0.1", 22, timeout=1).connect(),
    "smtp": lambda: smtplib.SMTP("127.0.0.1", 25, timeout=1), "imap": lambda: imaplib.IMAP4("127.0.0.1", 143, timeout=1),
    "create_connection": lambda: socket.create_connection(("::1", 80), 1),
    "certificate": lambda: ssl.get_server_certificate(("127.0.0.1", 443), timeout=1),
    "asyncio": lambda: asyncio.run(asked(asyncio.open_connection("127.0.0.1", 22))),
    "docker": lambda: asyncio.run(asked(asyncio.open_unix_connection("/var/run/docker.sock"))),
}.items():
    try:
        print("PWNED", name, way())
    except OSError as e:
        print("blocked", name, e)
