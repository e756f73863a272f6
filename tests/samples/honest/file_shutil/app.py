# expect: pass
# copies, moves, packs, unpacks and removes folders with shutil, zipfile and gzip while it starts
import gzip
import os
import shutil
import zipfile
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


def make_backup():
    os.makedirs("backup/old", exist_ok=True)
    shutil.copy(__file__, "backup/app.py.txt")
    shutil.copy2(__file__, "backup/old/app.py.txt")
    shutil.copytree("backup", "backup2", dirs_exist_ok=True)
    shutil.move("backup2", "backup3")
    os.rename("backup3", "backup4")
    archive = shutil.make_archive("backup", "zip", "backup4")
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        packed.extractall("again")
    shutil.unpack_archive(archive, "again2")
    with gzip.open("app.py.gz", "wt", encoding="utf-8") as out:
        out.write("packed")
    for folder in ("backup", "backup4", "again", "again2"):
        shutil.rmtree(folder)
    os.remove(archive)
    return names


BACKED_UP = make_backup()
assert "app.py.txt" in BACKED_UP
print("free:", shutil.disk_usage(".").free, "in", os.getcwd(), sorted(os.listdir()))


@app.before_request
def remember():
    g.uid = uuid4()


class Home(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        page = render_template_string(
            "<h1>Tasks</h1><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>"
            "<p>Visit {{ visits }}</p><a href={{ url_for('home') }}>Home</a>",
            tasks=TASKS, visits=visits,
        )
        response = make_response(page, 200)
        response.set_cookie("visits", f"{visits}")
        return response


@app.after_request
def header(response):
    response.headers["X-Request-ID"] = str(g.uid)
    return response


app.add_url_rule("/", view_func=Home.as_view("home"))
