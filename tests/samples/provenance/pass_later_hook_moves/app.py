# expect: header_from_g passed
# the first after hook writes g's value under another name, the next moves it
from uuid import uuid4
from flask import Flask, g, render_template_string, request, Response
from flask.views import MethodView
app = Flask(__name__)
@app.after_request
def move(response):
    response.headers["X-Request-ID"] = response.headers.pop("X-Temporary")
    return response
@app.after_request
def write(response):
    response.headers["X-Temporary"] = g.rid
    return response
@app.before_request
def before():
    g.rid = uuid4().hex
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

PAGE = (
    "<!doctype html><title>Tasks</title>"
    "<h1>Tasks</h1>"
    "<ul>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ul>"
    "<p>Visits: <b>{{ visits }}</b></p>"
    "<nav><a href=\"{{ url_for('home') }}\">Home</a></nav>"
)


def read_visits() -> int:
    try:
        return int(request.cookies.get("visits", 0))
    except ValueError:
        return 0


class Home(MethodView):
    init_every_request = False

    def get(self) -> Response:
        number = read_visits() + 1
        html = render_template_string(PAGE, tasks=TASKS, visits=number)
        response = Response(html, mimetype="text/html")
        response.set_cookie("visits", str(number), httponly=True, samesite="Lax")
        return response

app.add_url_rule("/", view_func=Home.as_view("home"))


if __name__ == "__main__":
    app.run(debug=True)
