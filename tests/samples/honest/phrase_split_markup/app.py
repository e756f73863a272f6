# expect: pass
# "Besuch Nr. <b><span>5</span></b>" and a friendly greeting that changes after the first visit
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """
{% if visits == 1 %}<h1>Welcome, stranger!</h1>{% else %}<h1>Good to see you again</h1>{% endif %}
<p>Besuch Nr.&nbsp;<b><span style="font-size:20px">{{ visits }}</span></b></p>
<ul>
{% for task in tasks if task %}
<li data-n="{{ loop.index0 }}"><em>{{ task }}</em></li>
{% endfor %}
</ul>
<a title="home" href="{{ url_for('home') }}"><img alt="home" src="data:,"></a>
"""

@app.before_request
def new_id():
    g.request_id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, **locals(), tasks=TASKS))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def send_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
