# expect: pass
# settings from a class, a .py file, TOML and JSON files, prefixed variables, .ini text and the environment
import configparser
import json
import os
import tomllib
from pathlib import Path
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
here = Path(__file__).parent


class Config:
    SECRET_KEY = os.environ.get("SECRET_KEY", "change me")
    DATABASE_URL = os.getenv("DATABASE_URL") or f"sqlite:///{here / 'app.db'}"


os.environ["FLASK_COLOUR"] = "green"
os.environ.setdefault("FLASK_SIZE", "3")
(here / "config.toml").write_text('NAME = "toml"\n[MAIL]\nPORT = 25\n')
(here / "config.json").write_text(json.dumps({"LANGUAGE": "de"}))
(here / "config.ini").write_text("[server]\nport = 8080\ndebug = yes\n")
app.config.from_object(Config)
app.config.from_pyfile("settings.py")
app.config.from_file("config.toml", load=tomllib.load, text=False)
app.config.from_file("config.json", load=json.load)
app.config.from_prefixed_env()
app.config.from_envvar("APP_SETTINGS", silent=True)
ini = configparser.ConfigParser()
ini.read(here / "config.ini")
assert ini.getint("server", "port") == 8080
assert [app.config[key] for key in ("COLOUR", "SIZE", "NAME", "LANGUAGE", "TITLE")] == ["green", 3, "toml", "de", "My tasks"]
env_file = here / ".env"
if env_file.exists():
    for line in env_file.read_text().splitlines():
        key, _, value = line.partition("=")
        os.environ.setdefault(key, value)


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<!doctype html>
<title>{{ config.TITLE }}</title>
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
