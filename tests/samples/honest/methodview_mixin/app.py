# expect: pass
# a mixin beside MethodView does the counting in dispatch_request
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView


class CountsVisits:
    def dispatch_request(self, *args, **kwargs):
        self.visit = int(request.cookies.get("visits", "0")) + 1
        response = make_response(super().dispatch_request(*args, **kwargs))
        response.set_cookie("visits", str(self.visit))
        return response


app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


class HomeView(CountsVisits, MethodView):
    def get(self):
        return render_template_string(
            """<title>Tasks</title>
<p>Visit {{ visit }} of many</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>""",
            visit=self.visit, tasks=TASKS)


app.add_url_rule("/", view_func=HomeView.as_view("home"))
app.before_request_funcs.setdefault(None, []).append(lambda: setattr(g, "rid", uuid4().hex))


@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.rid
    return response
