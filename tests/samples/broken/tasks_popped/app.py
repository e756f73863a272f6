# expect: fail task_list
# words: next visitor's does not
# line: 10
# pop() takes the tasks out of the list that all requests share
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Stamp the header", "Count the visits", "Write the template", "Sketch the page"]

@app.before_request
def give_id():
    g.id = uuid4().hex

class Home(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        items = ""
        while TASKS:
            # the last one first
            items += "<li>" + TASKS.pop() + "</li>"
        html = "<ul>" + items + "</ul><p>visit " + str(n) + "</p><a href='{{ url_for('home') }}'>home</a>"
        r = make_response(render_template_string(html))
        r.set_cookie("visits", str(n))
        return r

app.add_url_rule("/", view_func=Home.as_view("home"))

@app.after_request
def put_id(response):
    response.headers["X-Request-ID"] = g.id
    return response
