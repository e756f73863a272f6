# expect: pass
# g holds a plain tuple, unpacked in the after hook
import random, string
from flask import Flask, g, request, render_template_string, make_response
from flask.views import MethodView
app = Flask("todo")
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
def rnd(): return "".join(random.choices(string.ascii_lowercase + string.digits, k=20))
@app.before_request
def b():
    g.ids = (rnd(), rnd())
class H(MethodView):
    def get(self):
        c = request.cookies.get("visits")
        v = int(c) + 1 if c else 1
        o = make_response(render_template_string("""<h1>Hi</h1>Visits: {{v}}<br>
<ul>{% for x in t %}<li>{{x}}</li>{% endfor %}</ul><a href="{{url_for('home')}}">home</a>""", v=v, t=TASKS))
        o.set_cookie("visits", value=str(v))
        return o
app.add_url_rule("/", view_func=H.as_view("home"))
@app.after_request
def a(o):
    first, second = g.ids
    o.headers["X-Request-ID"] = first + "-" + second
    return o
