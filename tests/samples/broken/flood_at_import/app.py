# expect: fail page_loads
# words: print|output
# cause: too_much_output
'''Task page'''
import secrets
from flask import make_response, Flask, render_template_string, g, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

ready = False
while not ready:
    print("waiting for the first visitor of my very first web page ...")

@app.before_request
def make_id():
    g.rid = secrets.token_hex(10)

@app.after_request
def send_id(answer):
    answer.headers["X-Request-ID"] = g.rid
    return answer

class Main(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(
            """<!doctype html>
<title>Tasks</title>
{% for item in tasks %}<p>{{item}}</p>{% endfor %}
            <p>visit #{{ visits }}</p><a href="{{ url_for('home') }}">Reload</a>""", tasks=TASKS, visits=visits))
        answer.set_cookie("visits", str(visits))
        return answer

app.add_url_rule("/", view_func=Main.as_view("home"))

if __name__ == "__main__":
    app.run(debug=True)
