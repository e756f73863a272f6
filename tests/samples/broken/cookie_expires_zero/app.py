# expect: fail visit_count
# words: expires|delete|throw|forg|keep|cookie
# line: 39
# expires=0 is the year 1970: the browser forgets the cookie at once
# Ann, group B
from uuid import uuid4
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

@app.before_request
def tag():
    g.rid = uuid4().hex[:16]

@app.after_request
def show(response):
    response.headers["X-Request-ID"] = g.rid
    return response

class TodoList(MethodView):
    def get(self):
        visit_number = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<h2>Today</h2>
<ul>
{% for task in tasks %}
  <li>{{ task }}</li>
{% endfor %}
</ul>
            <p>You have been here {{ visit_number }} time(s).</p><a href="{{ url_for('home') }}">again</a>""", tasks=TASKS, visit_number=visit_number))
        response.set_cookie("visits", str(visit_number), expires=0)
        return response

app.add_url_rule("/", view_func=TodoList.as_view("home"))
