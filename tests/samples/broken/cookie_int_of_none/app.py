# expect: fail page_loads
# words: None|first visit|no cookie|default
# line: 16
# Exercise 1, a dynamic web app
from flask import render_template_string, make_response, Flask, g, request
from flask.views import MethodView
from uuid import uuid4


app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']


class Home(MethodView):
    def get(self):
        count = int(request.cookies.get("visits"))
        count += 1
        out = make_response(render_template_string(TEMPLATE, tasks=TASKS, count=count))
        out.set_cookie("visits", str(count))
        return out


TEMPLATE = """<title>My tasks</title>
<ol>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ol>
Count: {{ count }} <a href="{{ url_for('home') }}">Reload</a>"""


app.add_url_rule("/", view_func=Home.as_view("home"))


@app.before_request
def rid():
    g.rid = uuid4().hex


@app.after_request
def rid_header(out):
    out.headers["X-Request-ID"] = g.rid
    return out

if __name__ == "__main__":
    app.run(debug=True)
