# attack: starts programs as Python does
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

import os, subprocess, sys
for name, way in {
    "subprocess": lambda: subprocess.run([sys.executable, "-c", "print('PWNED child')"]),
    "shell": lambda: subprocess.check_output("echo PWNED", shell=True),
    "no close_fds": lambda: subprocess.Popen(["/bin/true"], close_fds=False),
    "new session": lambda: subprocess.Popen(["/bin/sleep", "60"], start_new_session=True),
    "system": lambda: os.system("echo PWNED system") or "ran",
    "popen": lambda: os.popen("echo PWNED popen").read() or 1 / 0,
    "posix_spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "posix_spawnp": lambda: os.posix_spawnp("true", ["true"], {}),
    "spawnv": lambda: os.spawnv(os.P_NOWAIT, "/bin/true", ["true"]),
    "execv": lambda: os.execv("/bin/echo", ["echo", "PWNED execv"]),
    "execve": lambda: os.execve(sys.executable, ["python", "-c", "print('PWNED execve')"], {"LD_PRELOAD": "/tmp/x.so"}),
}.items():
    try:
        result = way()
        print("blocked" if isinstance(result, int) and result > 255 else "PWNED", name, result)
    except (OSError, ZeroDivisionError) as e:
        print("blocked", name, e)
