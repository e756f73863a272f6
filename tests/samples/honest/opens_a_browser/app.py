# expect: pass
# opens the page in a browser a moment after the start, from a Timer, and right away if that is asked for
import threading
import webbrowser
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

def open_browser():
    if not webbrowser.open("http://127.0.0.1:5000/"):
        print("Please open http://127.0.0.1:5000/ yourself")

threading.Timer(0.01, open_browser).start()
open_browser()

@app.before_request
def new_id():
    g.request_id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visit number: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def send_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response

app.run(debug=True, use_reloader=True, threaded=True)
