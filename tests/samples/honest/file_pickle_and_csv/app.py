# expect: pass
# the tasks are kept in a CSV file that the app makes, and what was seen last in a pickle
import csv, os, pickle
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

with open("tasks.csv", "w", newline="") as f:
    writer = csv.DictWriter(f, fieldnames=["title", "done"])
    writer.writeheader()
    for task in TASKS:
        writer.writerow({"title": task, "done": "no"})

def load_tasks():
    with open("tasks.csv", newline="") as f:
        return [row["title"] for row in csv.DictReader(f)]

def remember(thing):
    with open("last.pkl", "wb") as f:
        pickle.dump(thing, f)

def remembered():
    if not os.path.isfile("last.pkl"):
        return None
    with open("last.pkl", "rb") as f:
        return pickle.load(f)

@app.before_request
def before():
    g.request_id = uuid4().hex
    g.before = remembered()

class TasksView(MethodView):
    def get(self):
        count = int(request.cookies.get("visits", "0")) + 1
        remember({"path": request.path, "agent": str(request.user_agent)})
        html = render_template_string("""<ol>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ol>
<p>Visits: {{ count }}</p><p><a href="{{ url_for('home') }}">Home</a></p>""", tasks=load_tasks(), count=count)
        response = make_response(html)
        response.set_cookie("visits", str(count))
        return response

app.add_url_rule("/", view_func=TasksView.as_view("home"))

@app.after_request
def after(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
