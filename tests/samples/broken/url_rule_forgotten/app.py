# expect: fail page_loads
# words: add_url_rule|404|route
'''Task page'''
from uuid import uuid4
from flask.views import MethodView
from flask import *

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.before_request
def hook_one():
    g.request_id = uuid4().hex

class IndexView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        page_response = make_response(render_template_string(
            """<table>{% for x in tasks %}<tr><td>{{x}}</td></tr>{% endfor %}</table>
            <p>counter = {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        page_response.set_cookie("visits", str(visits))
        return page_response

@app.after_request
def hook_two(page_response):
    page_response.headers["X-Request-ID"] = g.request_id
    return page_response

if __name__ == "__main__":
    app.run(debug=True)
