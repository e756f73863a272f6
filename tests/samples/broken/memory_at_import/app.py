# expect: fail page_loads
# words: memory
# cause: out_of_memory
# a table of everything that could ever be needed
'''Task page'''
from uuid import uuid4
from flask import request, g, make_response, Flask, render_template_string
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]
table = []
for row in range(1_000_000):
    table.append([0] * 1_000_000)

@app.before_request
def make_id():
    g.request_number = uuid4().hex[:16]

class Accueil(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<h1>My tasks</h1>
<ul>
{% for task in tasks %}
  <li>{{ task }}</li>
{% endfor %}
</ul>
            <p>Visits: {{ n }}</p><a href="{{ url_for('home') }}">home</a>""", tasks=TASKS, n=n))
        response.set_cookie("visits", str(n))
        return response

@app.after_request
def send_id(response):
    response.headers["X-Request-ID"] = g.request_number
    return response

app.add_url_rule("/", view_func=Accueil.as_view("home"))

if __name__ == "__main__":
    app.run(debug=True)
