# expect: pass
# Path.touch() makes the file, chmod and utime are called on it, and it is looked at with stat, glob and scandir
import os
import stat
from pathlib import Path
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
DATA = Path("data")
DATA.mkdir(exist_ok=True)
log = DATA / "requests.txt"
log.touch()
log.touch(exist_ok=True)
os.chmod(log, stat.S_IRUSR | stat.S_IWUSR)
os.utime(log, (log.stat().st_atime, log.stat().st_mtime))
assert log.read_text() == ""
assert [entry.name for entry in os.scandir(DATA)] == ["requests.txt"]
assert list(Path(".").glob("**/*.txt")) == [log]


@app.before_request
def give_id():
    g.request_id = uuid4().hex
    with log.open("a") as f:
        f.write(g.request_id + "\n")


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<!doctype html>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        response.set_cookie("log", str(log.stat().st_size))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def show_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
