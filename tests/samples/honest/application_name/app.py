# expect: pass
# the Flask object is called application
from flask import Flask, render_template_string, make_response, request, g
from flask.views import MethodView
from uuid import uuid4

application = Flask(__name__)

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@application.before_request
def set_request_id():
    # every request gets its own id
    g.request_id = "req_" + str(uuid4())

class HomeView(MethodView):
    def get(self):
        visits = request.cookies.get("visits")
        if visits:
            visits = int(visits)
        else:
            visits = 0
        visits = visits + 1
        html = render_template_string("""
            <html><body>
            <p>Visit number: {{ visits }}</p>
            <ul>
            {% for task in tasks %}
                <li>{{ task }}</li>
            {% endfor %}
            </ul>
            <a href="{{ url_for('home') }}">Home</a>
            </body></html>
        """, visits=visits, tasks=TASKS)
        response = make_response(html)
        response.set_cookie("visits", str(visits))
        return response

application.add_url_rule("/", view_func=HomeView.as_view("home"))

@application.after_request
def add_header(response):
    response.headers["X-Request-ID"] = g.request_id
    return response

if __name__ == "__main__":
    application.run(debug=True)
