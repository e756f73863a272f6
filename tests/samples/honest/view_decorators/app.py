# expect: pass
# the view class has decorators, one of them sets the cookie
from functools import wraps
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


def count_visits(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        g.visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(view(*args, **kwargs))
        response.set_cookie("visits", str(g.visits))
        return response
    return wrapper


def no_store(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        response = make_response(view(*args, **kwargs))
        response.cache_control.no_store = True
        return response
    return wrapper


class HomeView(MethodView):
    decorators = [count_visits, no_store]

    def get(self):
        # g is there in every template
        return render_template_string("""<!doctype html>
<p>Visit number: {{ g.visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS)


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
