# expect: pass
# g holds one dict, the id is one of its entries
from flask import *
from flask.views import MethodView
import uuid, time

app = Flask(__name__)

TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

page = '''<!DOCTYPE html>
<title>todo</title>
<body>
  <div>Welcome! You came here {{ info.visits }} time(s).</div>
  <ul>
  {%- for item in tasks %}
    <li>{{ item }}
  {%- endfor %}
  </ul>
  <a href={{ url_for("home") }}>reload</a>
'''

@app.before_request
def make_info():
    g.info = {"id": str(uuid.uuid1()), "start": time.time(), "visits": 0}

class HomePage(MethodView):
    def get(self):
        old = request.cookies.get("visits")
        if old is None:
            g.info["visits"] = 1
        else:
            g.info["visits"] = int(old) + 1
        r = make_response(render_template_string(page, info=g.info, tasks=TASKS))
        r.set_cookie("visits", str(g.info["visits"]))
        return r

app.add_url_rule("/", view_func=HomePage.as_view("home"))

@app.after_request
def header(r):
    r.headers["X-Request-ID"] = g.info["id"]
    return r
