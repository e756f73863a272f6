# expect: fail page_loads
# words: crash|abort|stopped|ended|SIGABRT
# cause: crashed
# os.abort ends the process, flask.abort was meant
# TODO clean this up later
from os import abort
from uuid import uuid4
from flask import g, render_template_string, request, Flask, make_response
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = "<p>{{ num }}</p>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}<a href='{{ url_for(\"home\") }}'>Home</a>"

@app.after_request
def hook_two(r):
    r.headers["X-Request-ID"] = g.token
    return r

@app.before_request
def hook_one():
    g.token = uuid4().hex

class TodoList(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0")) + 1
        if num < 2:
            abort()
        r = make_response(render_template_string(PAGE, tasks=TASKS, num=num))
        r.set_cookie("visits", str(num))
        return r

app.add_url_rule("/", view_func=TodoList.as_view("home"))

if __name__ == "__main__":
    app.run(debug=True)
