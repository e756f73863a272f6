# expect: pass
# the cookie is set by an after_this_request function made in the view
from uuid import uuid4
from flask import Flask, after_this_request, g, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def before_every_request():
    g.rid = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1

        @after_this_request
        def remember(response):
            response.set_cookie("visits", str(visits))
            return response

        return render_template_string("""<!doctype html>
            <p>Visit number: {{ visits }}</p>
            <ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p><a href="{{ url_for('home') }}">Home</a></p>""", visits=visits, tasks=TASKS)


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def after_every_request(response):
    response.headers["X-Request-ID"] = g.rid
    return response
