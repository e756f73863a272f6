# expect: fail page_loads
# words: undefined|not defined|visitor
# line: 18
# visitor was never passed to the template
# TODO clean this up later
from uuid import uuid4
from flask.views import MethodView
from flask import render_template_string, request, g, Flask, make_response

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<h1>My tasks</h1>
<ul>
{% for task in tasks %}
  <li>{{ task }}</li>
{% endfor %}
</ul>
<p>Visits: {{ visitor.visits }}</p>
<a href="{{ url_for('home') }}">again</a>
"""

class RootView(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0")) + 1
        page_response = make_response(render_template_string(PAGE, tasks=TASKS, num=num))
        page_response.set_cookie("visits", str(num))
        return page_response

app.add_url_rule("/", view_func=RootView.as_view("home"))

@app.before_request
def tag_request():
    g.current_id = uuid4().hex

@app.after_request
def tag_response(page_response):
    page_response.headers["X-Request-ID"] = g.current_id
    return page_response

if __name__ == "__main__":
    app.run(debug=True)
