# expect: pass
# MethodView -> BaseView -> PageView -> HomeView; get is inherited
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


class BaseView(MethodView):
    template = ""

    def context(self):
        return {}

    def render(self):
        return make_response(render_template_string(self.template, **self.context()))


class PageView(BaseView):
    def context(self):
        return {**super().context(), "visits": self.visits}

    def get(self):
        self.visits = int(request.cookies.get("visits", "0")) + 1
        response = self.render()
        response.set_cookie("visits", str(self.visits))
        return response


class HomeView(PageView):
    template = """<h1>Home</h1>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}
    <p>{{ visits }} visits</p><a href="{{ url_for('home') }}">Home</a>"""

    def context(self):
        return super().context() | {"tasks": TASKS}


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.before_request
def assign():
    g.request_id = uuid4().hex


@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
