# expect: header_from_g passed
# put on g by a decorator in the view class's `decorators`
from functools import wraps
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']
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


def with_request_id(view):
    @wraps(view)
    def wrapped(*args, **kwargs):
        g.request_id = uuid4().hex
        return view(*args, **kwargs)
    return wrapped


class HomeView(MethodView):
    decorators = [with_request_id]

    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def after(response):
    response.headers["X-Request-ID"] = g.request_id
    return response

if __name__ == '__main__':
    app.run()
