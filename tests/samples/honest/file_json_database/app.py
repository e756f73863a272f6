# expect: pass
# a JSON file beside app.py is the database; it is written anew and renamed into place at every visit
import json
import os
import uuid
from pathlib import Path

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

HERE = Path(__file__).resolve().parent
DATABASE = HERE / "data" / "visitors.json"
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

app = Flask(__name__)


def read():
    if not DATABASE.exists():
        return {"last": None, "ids": []}
    return json.loads(DATABASE.read_text(encoding="utf-8"))


def save(data):
    DATABASE.parent.mkdir(parents=True, exist_ok=True)
    new = DATABASE.with_suffix(".tmp")
    new.write_text(json.dumps(data, indent=2), encoding="utf-8")
    os.replace(new, DATABASE)


@app.before_request
def start():
    g.rid = str(uuid.uuid4())
    data = read()
    data["ids"] = [*data["ids"], g.rid][-10:]
    save(data)


class Home(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", 0)) + 1
        save(read() | {"last": n})
        resp = make_response(render_template_string("""
            <h1>Tasks</h1>
            <ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>
            <p>You have been here {{ n }} times.</p>
            <a href="{{ url_for('home') }}">home</a>""", tasks=TASKS, n=n))
        resp.set_cookie("visits", str(n))
        return resp


app.add_url_rule("/", view_func=Home.as_view("home"))


@app.after_request
def finish(resp):
    resp.headers["X-Request-ID"] = g.rid
    return resp


if __name__ == "__main__":
    app.run(debug=True)
