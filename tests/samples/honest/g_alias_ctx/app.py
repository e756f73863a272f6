# expect: pass
# from flask import g as ctx, and other names imported under an alias
from uuid import uuid4 as new_id

from flask import Flask as App
from flask import g as ctx
from flask import make_response as respond
from flask import render_template_string as render
from flask import request as req
from flask.views import MethodView as View

app = App(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def enter():
    ctx.rid = new_id().hex


class Home(View):
    def get(self):
        n = int(req.cookies.get("visits", "0")) + 1
        res = respond(render(
            """<body><div class="tasks">{% for task in tasks %}<span>{{ task }}</span><br>{% endfor %}</div>
            <div>visits {{ n }}</div><a href="{{ url_for('home') }}">Home</a></body>""", tasks=TASKS, n=n))
        res.set_cookie("visits", str(n))
        return res


app.add_url_rule("/", view_func=Home.as_view("home"))


@app.after_request
def leave(res):
    res.headers["X-Request-ID"] = ctx.rid
    return res
