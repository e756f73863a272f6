# expect: header_from_g passed|undecided
# a response class stamps from g while the WSGI headers are made, after every hook: from g, but very late
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request, Response
from flask.views import MethodView
app = Flask(__name__)
class StampedResponse(Response):
    def get_wsgi_headers(self, environ):
        headers = super().get_wsgi_headers(environ)
        headers["X-Request-ID"] = g.rid
        return headers
app.response_class = StampedResponse
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.before_request
def before():
    g.rid = uuid4().hex

if __name__ == '__main__':
    app.run()
