# expect: pass
# one database in memory for all threads, behind a lock, and threads that write to one in a file
import sqlite3
import threading
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
lock = threading.RLock()
memory = sqlite3.connect(":memory:", check_same_thread=False)
memory.execute("CREATE TABLE tasks (position INTEGER, title TEXT)")
memory.executemany("INSERT INTO tasks VALUES (?, ?)", enumerate(TASKS))
memory.commit()
with sqlite3.connect("seen.db") as setup:
    setup.execute("CREATE TABLE seen (thread TEXT)")
setup.close()


def note(name):
    connection = sqlite3.connect("seen.db", timeout=20, isolation_level="IMMEDIATE")
    with connection:
        connection.execute("INSERT INTO seen VALUES (?)", (name,))
    connection.close()


workers = [threading.Thread(target=note, args=(f"thread {n}",)) for n in range(6)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
check = sqlite3.connect("seen.db")
assert check.execute("SELECT count(*) FROM seen").fetchone() == (6,)
check.execute("VACUUM")
check.close()
copy = sqlite3.connect("copy.db")
memory.backup(copy)
copy.close()


def all_tasks():
    with lock:
        return [title for (title,) in memory.execute("SELECT title FROM tasks ORDER BY position")]


@app.before_request
def set_request_id():
    g.request_id = "req-" + uuid4().hex[:12]


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""
<table>{% for task in tasks %}<tr><td>{{ task }}</td></tr>{% endfor %}</table>
<p>Visits: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=all_tasks(), visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def send_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
