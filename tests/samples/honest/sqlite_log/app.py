# expect: pass
# every request is logged into an SQLite file in the instance folder
import os
import sqlite3
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__, instance_relative_config=True)
os.makedirs(app.instance_path, exist_ok=True)
DATABASE = os.path.join(app.instance_path, "log.sqlite")
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

with sqlite3.connect(DATABASE) as start:
    start.execute("create table if not exists log (id text primary key, path text)")
start.close()

def get_db():
    if "db" not in g:
        g.db = sqlite3.connect(DATABASE)
    return g.db

@app.before_request
def log_request():
    g.request_id = uuid4().hex
    get_db().execute("insert into log values (?, ?)", (g.request_id, request.path))
    get_db().commit()

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<h1>Tasks</h1><ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visit number: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def show_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response

@app.teardown_appcontext
def close_db(error):
    db = g.pop("db", None)
    if db is not None:
        db.close()
