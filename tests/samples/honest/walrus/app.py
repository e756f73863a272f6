# expect: pass
# dense code: walrus, conditional expressions, everything on few lines
from flask import Flask, g, make_response, render_template_string, request; from flask.views import MethodView; from uuid import uuid4
app, TASKS = Flask(__name__), ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
@app.before_request
def _(): g.i = (u := uuid4()).hex; assert u
class V(MethodView):
    def get(self):
        n = (int(c) if (c := request.cookies.get("visits")) else 0) + 1
        (r := make_response(render_template_string("<ul>{% for t in T %}<li>{{t}}{% endfor %}</ul>{{n}} visits, <a href={{url_for('home')}}>home</a>", T=TASKS, n=n))).set_cookie("visits", str(n))
        return r
app.add_url_rule("/", view_func=V.as_view("home"))
@app.after_request
def _(r): r.headers["X-Request-ID"] = g.i; return r
