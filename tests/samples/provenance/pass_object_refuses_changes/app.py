# expect: header_from_g passed
# an object that refuses attribute changes, copying and pickling
import secrets
from flask import Flask, g, make_response
from flask import render_template_string, request
from flask.views import MethodView
app = Flask(__name__)

class Sealed:
    def __init__(self, value):
        object.__setattr__(self, "value", value)
    def __setattr__(self, name, value):
        raise AttributeError("sealed")
    def __copy__(self):
        raise TypeError("do not copy me")
    def __deepcopy__(self, memo):
        raise TypeError("do not copy me")
    def __reduce_ex__(self, protocol):
        raise TypeError("do not pickle me")

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

PAGE = '''<!DOCTYPE html>
<html>
<head><meta charset="utf-8"><title>To do</title></head>
<body>
<p>You have been here {{ visits }} time{{ "" if visits == 1 else "s" }}.</p>
<ul>
{%- for item in tasks %}
  <li>{{ item }}</li>
{%- endfor %}
</ul>
<a href="{{ url_for("home") }}">back to the start</a>
</body>
</html>
'''


class HomeView(MethodView):
    """Serves the one page of this app."""

    def get(self):
        # A cookie is text, and on a first visit there is none.
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.before_request
def b():
    g.sealed = Sealed(secrets.token_hex(8))

@app.after_request
def a(response):
    response.headers["X-Request-ID"] = g.sealed.value
    return response
