# expect: header_from_g failed
# source: made anew
# middleware puts a fresh uuid in place of the one that came from g
from uuid import uuid4
from flask import current_app, Flask, g, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
def renew(inner):
    def wsgi(environ, start_response):
        def start(status, headers, exc_info=None):
            kept = [(k, v) for k, v in headers if k != "X-Request-ID"]
            return start_response(status, kept + [("X-Request-ID", uuid4().hex)], exc_info)
        return inner(environ, start)
    return wsgi
app.wsgi_app = renew(app.wsgi_app)
@app.before_request
def assign():
    g.rid = uuid4().hex
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']
PAGE = (
    "<!doctype html><title>Tasks</title>"
    "<h1>Tasks</h1>"
    "<ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>"
    "<p>Visits: <b>{{ visits }}</b></p>"
    "<nav><a href=\"{{ url_for('home') }}\">Home</a></nav>"
)

class TaskPage(MethodView):
    methods = ["GET"]

    def get(self):
        n = request.cookies.get("visits", default=0, type=int) + 1
        answer = current_app.make_response(
            render_template_string(PAGE, tasks=TASKS, visits=n)
        )
        answer.set_cookie(key="visits", value=str(n), path="/")
        return answer

app.add_url_rule("/", view_func=TaskPage.as_view("home"))

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.rid
    return response


if __name__ == "__main__":
    app.run(debug=True)
