# expect: header_from_g failed|undecided|blocked
# source: replaced
# before_request gives the app object another class
from uuid import uuid4
from flask import (
    Flask,
    g,
    render_template_string,
    request,
    Response,
)
from flask.views import MethodView
class Other(Flask):
    def process_response(self, response):
        response = super().process_response(response)
        response.headers["X-Request-ID"] = uuid4().hex
        return response
app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']
PAGE = '''<!DOCTYPE html>
<html>
<head><meta charset="utf-8"><title>To do</title></head>
<body>
<p>You have been here {{ visits }} time{{ "" if visits == 1 else "s" }}.</p>
<ul>
{%- for item in tasks %}
  <li>{{ item }}</li>
{%- endfor %}
</ul>
<a href="{{ url_for("home") }}">back to the start</a>
</body>
</html>
'''

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

@app.before_request
def assign():
    g.rid = uuid4().hex
    app.__class__ = Other

if __name__ == '__main__':
    app.run()
