# expect: pass
# commands for `flask`, one of them tried out with Flask's runner; a shell context; SERVER_NAME is not set
import click
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.cli import AppGroup, with_appcontext
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
tasks_cli = AppGroup("tasks", help="Work with tasks.")

@tasks_cli.command("list")
@click.option("--upper", is_flag=True)
@with_appcontext
def list_tasks(upper):
    """List the tasks."""
    for task in TASKS:
        click.secho(task.upper() if upper else task, fg="green")

app.cli.add_command(tasks_cli)

@app.cli.command("hello")
@click.argument("name")
def hello(name):
    print("Hello", name)

@app.shell_context_processor
def shell():
    return {"TASKS": TASKS}

@app.before_request
def new_id():
    g.request_id = uuid4().hex

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

result = app.test_cli_runner().invoke(args=["tasks", "list", "--upper"])
assert "SKETCH THE PAGE" in result.output, result.output
