# expect: header_from_g passed
# the session, request and app themselves are on g beside the id
from uuid import uuid4
from flask import (
    current_app,
    Flask,
    g,
    make_response,
    render_template_string,
    request,
    session,
)
from flask.views import MethodView
app = Flask(__name__)
app.secret_key = "a key"
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


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        resp = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        resp.set_cookie("visits", str(visits))
        return resp

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.before_request
def before():
    g.session = session
    g.request = request
    g.app = current_app
    g.rid = uuid4().hex
    session["seen"] = True
@app.after_request
def after(response):
    assert g.request.path == "/" and g.session["seen"] is True and g.app.name
    response.headers["X-Request-ID"] = g.rid
    return response


if __name__ == "__main__":
    app.run(debug=True)
