# expect: fail page_loads
# words: request
# line: 29
# TODO clean this up later
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = "<p>{{ visits }}</p>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}<a href='{{ url_for(\"home\") }}'>Home</a>"

@app.after_request
def add_header(answer):
    answer.headers["X-Request-ID"] = g.id
    return answer

@app.before_request
def remember_id():
    g.id = uuid4().hex

class IndexView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        answer.set_cookie("visits", str(visits))
        return answer

app.add_url_rule("/", view_func=IndexView.as_view("home"))

if __name__ == "__main__":
    app.run(debug=True)
