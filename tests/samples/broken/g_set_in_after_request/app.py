# expect: fail g_before_view
# words: before_request|too late|before the view
# line: 27
# TODO clean this up later
from uuid import uuid4
from flask import Flask, make_response, request, g, render_template_string
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PAGE = """<!doctype html><title>Tasks</title>
<p>Number of besuche: {{ besuche }}</p>
{% for item in tasks %}<p>{{item}}</p>{% endfor %}
<a href="{{ url_for('home') }}">Home</a>"""

class MyView(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        r = make_response(render_template_string(PAGE, tasks=TASKS, besuche=besuche))
        r.set_cookie("visits", str(besuche))
        return r

app.add_url_rule("/", view_func=MyView.as_view("home"))

@app.after_request
def stamp_request_id(r):
    g.request_number = str(uuid4())
    r.headers["X-Request-ID"] = g.request_number
    return r

if __name__ == "__main__":
    app.run(debug=True)
