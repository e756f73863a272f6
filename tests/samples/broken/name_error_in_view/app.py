# expect: fail page_loads
# words: vists
# line: 29
from uuid import uuid4
from flask.views import MethodView
from flask import request, g, render_template_string, make_response, Flask


app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']
PAGE = "<p>{{ count }}</p>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}<a href='{{ url_for(\"home\") }}'>Home</a>"


@app.before_request
def tag_request():
    g.req = uuid4().hex[:16]


@app.after_request
def tag_response(r):
    r.headers["X-Request-ID"] = g.req
    return r


class HomePage(MethodView):
    def get(self):
        count = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_string(PAGE, tasks=TASKS, count=count))
        r.set_cookie("visits", str(vists))
        return r


app.add_url_rule("/", view_func=HomePage.as_view("home"))
