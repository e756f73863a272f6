# expect: fail task_list
# words: return|before_request|lambda
# line: 13
# g.setdefault gives the value back, so the lambda answers instead of the view
# my solution, please be kind
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

app.before_request(lambda: g.setdefault("request_id", uuid4().hex[:16]))

class HomePage(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        page_response = make_response(render_template_string(
            """<html><body>
<ol>{% for t in tasks %}<li>{{ t }}</li>{% endfor %}</ol>
            <p>Hello! Visit <b>{{ visits }}</b></p><a href="{{ url_for('home') }}">again</a>""", tasks=TASKS, visits=visits))
        page_response.set_cookie("visits", str(visits))
        return page_response

app.add_url_rule("/", view_func=HomePage.as_view("home"))

@app.after_request
def after(page_response):
    page_response.headers["X-Request-ID"] = g.request_id
    return page_response
