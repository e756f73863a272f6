# expect: header_from_g failed
# source: a global
# a nonlocal variable shared by both hooks of a factory
from uuid import uuid4
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView

def create_app():
    app = Flask(__name__)
    request_id = ""

    @app.before_request
    def assign():
        nonlocal request_id
        request_id = uuid4().hex
        g.request_id = request_id

    @app.after_request
    def stamp(response):
        response.headers["X-Request-ID"] = request_id
        return response

    app.add_url_rule("/", view_func=HomeView.as_view("home"))
    return app

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
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app = create_app()

if __name__ == '__main__':
    app.run()
