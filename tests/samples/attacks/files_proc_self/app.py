# attack: learns from /proc about this machine and its own process
# must: there is no /proc to read
# through: partial
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

for name in ("self/cmdline", "self/environ", "self/maps", "self/mountinfo", "self/status", "self/cgroup", "cpuinfo",
             "net/unix", "net/tcp", "mounts", "sysvipc/shm", "locks", "version", "sys/kernel/random/boot_id"):
    try:
        print("PWNED", name, len(open("/proc/" + name, "rb").read()))
    except OSError as e:
        print("blocked", e)
