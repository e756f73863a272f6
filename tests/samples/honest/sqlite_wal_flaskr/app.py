# expect: pass
# a factory after Flask's tutorial: instance folder, init-db command, one connection a request, journal in WAL mode
import os
import sqlite3
from uuid import uuid4

import click
from flask import Blueprint, Flask, current_app, g, make_response, render_template_string, request
from flask.views import MethodView

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
SCHEMA = """
DROP TABLE IF EXISTS task;
CREATE TABLE task (id INTEGER PRIMARY KEY AUTOINCREMENT, created TIMESTAMP DEFAULT CURRENT_TIMESTAMP, title TEXT);
CREATE TABLE IF NOT EXISTS visit (request_id TEXT NOT NULL);
"""
bp = Blueprint("tasks", __name__)


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect(current_app.config["DATABASE"], timeout=10)
        g.db.row_factory = sqlite3.Row
    return g.db


def close_db(e=None):
    db = g.pop("db", None)
    if db is not None:
        db.close()


def init_db():
    db = get_db()
    assert db.execute("PRAGMA journal_mode=WAL").fetchone()[0] == "wal"
    db.executescript(SCHEMA)
    db.executemany("INSERT INTO task (title) VALUES (?)", [(task,) for task in TASKS])
    db.commit()


@click.command("init-db")
def init_db_command():
    """Clear the existing data and create new tables."""
    init_db()
    click.echo("Initialized the database.")


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        rows = get_db().execute("SELECT title FROM task ORDER BY id").fetchall()
        response = make_response(render_template_string("""<!doctype html><h1>Tasks</h1>
        <ul>{% for row in rows %}<li>{{ row['title'] }}</li>{% endfor %}</ul>
        <p>Visit number: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", rows=rows, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


def create_app(test_config=None):
    app = Flask(__name__, instance_relative_config=True)
    app.config.from_mapping(SECRET_KEY="dev", DATABASE=os.path.join(app.instance_path, "tasks.sqlite"))
    if test_config is None:
        app.config.from_pyfile("config.py", silent=True)
    else:
        app.config.from_mapping(test_config)
    try:
        os.makedirs(app.instance_path)
    except OSError:
        pass
    app.teardown_appcontext(close_db)
    app.cli.add_command(init_db_command)
    app.add_url_rule("/", view_func=HomeView.as_view("home"))

    @app.before_request
    def begin():
        g.request_id = uuid4().hex
        get_db().execute("INSERT INTO visit VALUES (?)", (g.request_id,))
        get_db().commit()

    @app.after_request
    def finish(response):
        response.headers["X-Request-ID"] = g.request_id
        return response

    with app.app_context():
        init_db()
    return app
