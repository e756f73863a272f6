# expect: fail task_list
# words: missing|Sketch the page
# = instead of += in the loop
from uuid import uuid4
from flask.views import MethodView
from flask import *


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


class Accueil(MethodView):
    def get(self):
        count = int(request.cookies.get("visits", "0")) + 1
        items = ""
        for task in TASKS:
            items = f"<li>{task}</li>"
        page_response = make_response(f"""<center><h1>TASKS!!!</h1></center>
<ul>{items}</ul>
        <p>You were here {count} times</p><a href="{url_for('home')}">Home</a>""")
        page_response.set_cookie("visits", str(count))
        return page_response


app.add_url_rule("/", view_func=Accueil.as_view("home"))


@app.before_request
def new_request():
    g.id = uuid4().hex


@app.after_request
def show_request_id(page_response):
    page_response.headers["X-Request-ID"] = g.id
    return page_response
