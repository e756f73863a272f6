# expect: pass
# temporary files and folders of every kind
import os
import tempfile
from uuid import uuid4

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
CACHE = tempfile.mkdtemp(prefix="cache-")


def through_a_file(text):
    with tempfile.NamedTemporaryFile("w+", suffix=".txt", delete=False) as named:
        named.write(text)
    with open(named.name) as again:
        text = again.read()
    os.unlink(named.name)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.txt")
        with open(path, "w") as out:
            out.write(text)
        with open(path) as back, tempfile.TemporaryFile("w+") as nameless:
            nameless.write(back.read())
            nameless.seek(0)
            text = nameless.read()
    with tempfile.SpooledTemporaryFile(max_size=8, mode="w+") as spooled:
        spooled.write(text)
        spooled.seek(0)
        text = spooled.read()
    descriptor, path = tempfile.mkstemp(dir=CACHE)
    with os.fdopen(descriptor, "w") as out:
        out.write(text)
    with open(path) as back:
        return back.read()


@app.before_request
def assign():
    g.request_id = through_a_file(uuid4().hex)


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<ul>
{% for task in tasks %}<li>{{ task }}</li>
{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
