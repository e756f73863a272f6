# expect: header_from_g failed
# source: the session
# nested in the session; the inner dict itself is on g too
from uuid import uuid4
from flask import Flask, g, make_response
from flask import render_template_string, request, session
from flask.views import MethodView
app = Flask(__name__)
app.config["SECRET_KEY"] = "dev"
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
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

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        resp.set_cookie("visits", str(visits))
        return resp

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.before_request
def assign():
    ids = {"request": uuid4().hex, "n": 1}
    session["ids"] = ids
    g.ids = ids
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = session["ids"]["request"]
    return response

if __name__ == '__main__':
    app.run()
