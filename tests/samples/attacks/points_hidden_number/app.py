# attack: has the right number where nobody sees it
# must: want it where the visitor reads it
# base: 00_cookie
# check: page_loads passed
# check: visit_count failed
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = __TASKS__
PAGE = """<!doctype html><title>My tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
@app.route("/")
def home():
    response = make_response(render_template_string(PAGE, tasks=TASKS))
    response.set_cookie("visits", str(int(request.cookies.get("visits", "0")) + 1))
    return response
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = uuid.uuid4().hex
    return response

@app.after_request
def hide(response):
    n = int(request.cookies.get("visits", "0")) + 1
    response.set_data(response.get_data(as_text=True) + f"""<!-- {n} --><script>{n}</script><style>{n}</style><template>{n}</template>
        <noscript>{n}</noscript><a title="{n}" data-n="{n}" href="/?n={n}"></a><input type="hidden" value="{n}"><meta content="{n}">
        <img alt="{n}"><p>-{n} {n}.5 {n}a #y{n}</p><!x {n}><?x {n}?><![CDATA[ {n} ]]>""")
    return response
