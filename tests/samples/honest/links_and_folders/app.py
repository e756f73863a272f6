# expect: pass
# a link to the newest log, many small files, names in other alphabets, a working directory that changes
import os
from pathlib import Path
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
BASE = os.path.abspath(os.path.dirname(__file__))
os.makedirs(os.path.join(BASE, "logs", "2024", "b\u00fccher \u65e5\u672c"), exist_ok=True)
os.chdir(os.path.join(BASE, "logs"))
for number in range(200):
    Path("2024", f"{number:03}.log").write_text("x" * number)
if not os.path.lexists("latest"):
    os.symlink("2024/199.log", "latest")
assert len(Path("latest").read_text()) == 199
assert os.path.realpath("latest") == os.path.realpath("2024/199.log")
assert sum(len(files) for _folder, _folders, files in os.walk(BASE)) >= 200
for path in sorted(Path("2024").glob("*.log"))[:100]:
    path.unlink()
Path("2024/150.log").rename("2024/old.log")
os.chdir(BASE)
os.umask(0o027)
print(os.getcwd(), os.stat("logs").st_mode, os.access("logs", os.W_OK), Path.home().is_dir(), os.path.isfile("/etc/no"))


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex
    Path("logs", g.request_id).write_bytes(os.urandom(16))


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
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
    return response
