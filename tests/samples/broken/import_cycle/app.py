# expect: fail page_loads
# words: circular|cycle|each other|partially|import
# cause: not_loadable
'''Task page'''
from uuid import uuid4
from flask import Flask, g
from views import TaskView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.before_request
def new_request():
    g.current_id = str(uuid4())

app.add_url_rule("/", view_func=TaskView.as_view("home"))

@app.after_request
def show_request_id(answer):
    answer.headers["X-Request-ID"] = g.current_id
    return answer
