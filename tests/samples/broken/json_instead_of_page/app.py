# expect: fail page_loads
# words: html|json
# my solution, please be kind
from uuid import uuid4
from flask.views import MethodView
from flask import Flask, g, jsonify, request, url_for

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def set_up():
    g.current_id = uuid4().hex[:16]

class StartPage(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0")) + 1
        res = jsonify(tasks=TASKS, num=num, home=url_for("home"))
        res.set_cookie("visits", str(num))
        return res

app.add_url_rule("/", view_func=StartPage.as_view("home"))

@app.after_request
def finish(res):
    res.headers["X-Request-ID"] = g.current_id
    return res

if __name__ == "__main__":
    app.run(debug=True)
