# attack: prints, returns and raises what would act in a terminal, a log or a CI service
# must: show it so that it does nothing
# check: page_loads passed
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = __TASKS__
PAGE = """<!doctype html><title>My tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
@app.before_request
def tag():
    g.request_id = uuid.uuid4().hex
class HomeView(MethodView):
    def get(self):
        return make_response(render_template_string(PAGE, tasks=TASKS))
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = "placeholder"
    return response

evil = "\n::error file=app.py::x\n::add-mask::x\n##vso[task.setvariable variable=x]y\n##teamcity[message text='x']\n" \
    "\x1b[2J\x1b]0;title\x07\x1b]8;;http://example.com\x1b\\link\x1b]8;;\x1b\\\x1b]52;c;eA==\x07\x1b[?1049h\x9b31m\x90q\x9c" \
    "\x00\x08\x7f\r\x0b\x0c\x85\u2028\u2029\u202e\u2066\u200b\ufeff\U000e0041\u0300" + "\u0300" * 50
print(evil)
class Evil(Exception):
    pass
Evil.__name__ = Evil.__qualname__ = evil.replace("\x00", "")
@app.before_request
def nf():
    print(evil)
    if request.method == "POST":
        raise Evil(evil)
    if request.script_root:
        return evil, 404
