# expect: pass
# settings, uploads and a counter file in app.instance_path, one of them open to read and write at once
import os
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__, instance_relative_config=True, instance_path=os.path.join(os.path.abspath(os.path.dirname(__file__)), "my_instance"))
os.makedirs(os.path.join(app.instance_path, "uploads"), exist_ok=True)
with app.open_instance_resource("config.py", "wb") as f:
    f.write(b"COLOUR = 'blue'\n")
app.config.from_pyfile("config.py")
assert app.config["COLOUR"] == "blue"
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
counter = os.path.join(app.instance_path, "requests.txt")
with open(counter, "w") as f:
    f.write("0")

@app.before_request
def new_id():
    g.request_id = uuid4().hex
    with open(counter, "r+") as f:
        number = int(f.read() or 0) + 1
        f.seek(0)
        f.write(str(number))
        f.truncate()

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visit number: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def send_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
