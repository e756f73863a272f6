# expect: fail header_present
# words: X-Request-ID
from uuid import uuid4
from flask import g, make_response, render_template_string, Flask, request
from flask.views import MethodView


app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]


@app.after_request
def hook_two(response):
    print("request", g.current_id, "done")
    return response


class HomePage(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<h1>Tasks</h1>
{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
<p>Visit: {{ besuche }}, request: {{ g.current_id }}</p><a href="{{ url_for('home') }}">again</a>""", tasks=TASKS, besuche=besuche))
        response.set_cookie("visits", str(besuche))
        return response


@app.before_request
def hook_one():
    g.current_id = str(uuid4())


app.add_url_rule("/", view_func=HomePage.as_view("home"))
