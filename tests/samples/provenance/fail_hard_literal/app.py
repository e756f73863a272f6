# expect: header_from_g failed
# source: hard-coded
# a literal, with an unused id on g
from uuid import uuid4
from flask import (
    Flask,
    g,
    render_template_string,
    request,
)
from flask.views import MethodView
from werkzeug.http import dump_cookie
app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

PAGE = (
    "<!doctype html><title>Tasks</title>"
    "<h1>Tasks</h1>"
    "<ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>"
    "<p>Visits: <b>{{ visits }}</b></p>"
    "<nav><a href=\"{{ url_for('home') }}\">Home</a></nav>"
)


class HomeView(MethodView):
    def get(self):
        visits = 1 + int(request.cookies.get("visits") or 0)
        body = render_template_string(PAGE, tasks=TASKS, visits=visits)
        return body, 200, {"Set-Cookie": dump_cookie("visits", str(visits))}

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.before_request
def assign():
    g.request_id = uuid4().hex
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = "12345"
    return response

if __name__ == '__main__':
    app.run()
