# expect: fail visit_first
# words: set_cookie|cookie
'''Task page'''
from uuid import uuid4
from flask import render_template_string, g, Flask, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.rid
    return response

@app.before_request
def assign_request_id():
    g.rid = uuid4().hex

class Accueil(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0"))
        num = num + 1
        return render_template_string("""
<body>
    <h1>My tasks</h1>
    <p>Hello! Visit <b>{{ num }}</b></p>
    <ul>
    {% for task in tasks %}
        <li>{{ task }}</li>
    {% endfor %}
    </ul>
    <a href="{{ url_for('home') }}">Start page</a>
</body>""", tasks=TASKS, num=num)

app.add_url_rule("/", view_func=Accueil.as_view("home"))

if __name__ == "__main__":
    app.run(debug=True)
