# expect: fail after_request_returns
# words: return
# line: 29
# Exercise 1, a dynamic web app
from uuid import uuid4
from flask.views import MethodView
from flask import g, make_response, render_template_string, Flask, request

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def assign():
    g.number = uuid4().int

class HomeView(MethodView):
    def get(self):
        count = int(request.cookies.get("visits", "0")) + 1
        html = "<h2>To do</h2>{% for task in tasks %}<div>{{ task }}</div>{% endfor %}<i>visit {{ count }}</i> <a href='{{ url_for('home') }}'>home</a>"
        response = make_response(render_template_string(html, tasks=TASKS, count=count))
        response.set_cookie("visits", str(count))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def last(response):
    response.headers["X-Request-ID"] = str(g.number)
    return response, 200

if __name__ == "__main__":
    app.run(debug=True)
