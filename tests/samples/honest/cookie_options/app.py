# expect: pass
# set_cookie with max_age, httponly, samesite and path
from datetime import timedelta
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
YEAR = int(timedelta(days=365).total_seconds())

@app.before_request
def request_id():
    g.request_id = uuid4().hex

class HomeView(MethodView):
    COOKIE = "visits"

    def get(self):
        visits = int(request.cookies.get(self.COOKIE, "0")) + 1
        response = make_response(render_template_string("""
<main>
  <p>Visit number <output>{{ visits }}</output></p>
  <ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
  <p>We keep a cookie for 365 days. <a href="{{ url_for('home') }}">Fine</a></p>
</main>""", tasks=TASKS, visits=visits))
        response.set_cookie(self.COOKIE, str(visits), max_age=YEAR, path="/", httponly=True, samesite="Lax")
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def request_id_header(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
