# expect: fail page_loads
# words: \btabs?\b
# line: 17
# cause: not_loadable
# version 3, finally works??
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']
PAGE = "<p>{{ visit_number }}</p>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}<a href='{{ url_for(\"home\") }}'>Home</a>"

class MyView(MethodView):
    def get(self):
        visit_number = int(request.cookies.get("visits", "0")) + 1
	page_response = make_response(render_template_string(PAGE, tasks=TASKS, visit_number=visit_number))
        page_response.set_cookie("visits", str(visit_number))
        return page_response

app.add_url_rule("/", view_func=MyView.as_view("home"))

@app.after_request
def tag_response(page_response):
    page_response.headers["X-Request-ID"] = g.id
    return page_response

@app.before_request
def tag_request():
    g.id = uuid4().hex
