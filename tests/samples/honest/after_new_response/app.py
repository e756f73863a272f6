# expect: pass
# the after hook builds a whole new Response with the old one's body, status and headers
from flask import Flask, Response, g, make_response, render_template_string, request
from flask.views import MethodView
from uuid import uuid4

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def set_id():
    g.ident = uuid4().hex

class Index(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        html = render_template_string("""
<!doctype html>
<body>
<p>You have visited {{ visits }} times</p>
{% for task in tasks %}<li>{{ task }}</li>
{% endfor %}
<a href="{{ url_for('home') }}">Home page</a>
""", visits=visits, tasks=TASKS)
        resp = make_response(html)
        resp.set_cookie("visits", str(visits))
        return resp

app.add_url_rule("/", view_func=Index.as_view("home"))

@app.after_request
def copy_with_id(old):
    new = Response(old.get_data(), status=old.status, headers=old.headers)
    new.headers["X-Request-ID"] = g.ident
    return new
