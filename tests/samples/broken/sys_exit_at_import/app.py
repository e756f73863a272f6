# expect: fail page_loads
# words: exit
# line: 52
# cause: exited
# the last line is not behind if __name__ == "__main__"
import sys
import uuid
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


class HomeView(MethodView):
    def get(self):
        v = int(request.cookies.get("visits", "0")) + 1
        res = make_response(render_template_string(
            """<h2>Today</h2>
<ul>
{% for task in tasks %}
  <li>{{ task }}</li>
{% endfor %}
</ul>
            <p>Visit no. {{ v }}</p><a href="{{ url_for('home') }}">Start page</a>""", tasks=TASKS, v=v))
        res.set_cookie("visits", str(v))
        return res


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def despues(res):
    res.headers["X-Request-ID"] = g.token
    return res


@app.before_request
def antes():
    g.token = uuid.uuid4().hex


print("testing:", app.test_client().get("/").status)
sys.exit(0)
