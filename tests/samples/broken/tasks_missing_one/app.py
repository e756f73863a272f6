# expect: fail task_list
# words: missing|Sketch the page
'''Task page'''
import uuid
from flask import g, make_response, request, url_for, Flask
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.after_request
def add_header(res):
    res.headers["X-Request-ID"] = g.request_id
    return res


@app.before_request
def remember_id():
    g.request_id = uuid.uuid4().hex


class RootView(MethodView):
    def get(self):
        v = int(request.cookies.get("visits", "0")) + 1
        html = "<h1>My tasks</h1><ul>"
        for i in range(1, len(TASKS)):
            html += "<li>" + TASKS[i] + "</li>"
        html += "</ul><p>Visit number " + str(v) + "</p>"
        html += '<a href="' + url_for("home") + '">Home</a>'
        res = make_response(html)
        res.set_cookie("visits", str(v))
        return res


app.add_url_rule("/", view_func=RootView.as_view("home"))
