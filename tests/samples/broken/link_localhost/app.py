# expect: fail home_link
# words: url_for
# line: 29
# version 3, finally works??
import secrets
from flask import *
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.after_request
def nachher(answer):
    answer.headers["X-Request-ID"] = g.req
    return answer

class Accueil(MethodView):
    def get(self):
        visit_number = int(request.cookies.get("visits", "0")) + 1
        html = "<html><body><h1>Tasks</h1>"
        for task in TASKS:
            html += "<li>" + task + "</li>"
        html += "<p>Visits: " + str(visit_number) + "</p>"
        html += "<a href='http://127.0.0.1:5000/'>Home</a>"
        html += "</body></html>"
        answer = make_response(html)
        answer.set_cookie("visits", str(visit_number))
        return answer

@app.before_request
def vorher():
    g.req = secrets.token_hex(10)

app.add_url_rule("/", view_func=Accueil.as_view("home"))

if __name__ == "__main__":
    app.run(debug=True)
