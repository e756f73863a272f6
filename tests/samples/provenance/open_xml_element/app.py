# expect: header_from_g passed|undecided
# an XML element on g carries the id in an attribute
import xml.etree.ElementTree as ET
from uuid import uuid4
from flask import Flask, g, render_template_string
from flask import request, Response
from flask.views import MethodView
app = Flask(__name__)
@app.before_request
def assign():
    g.node = ET.Element("request", id=uuid4().hex)
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

@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.node.get("id")
    return response

if __name__ == '__main__':
    app.run()
