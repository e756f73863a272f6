# expect: header_from_g passed
# None on g unless logged in: `guest` comes from that None and the id beside it
from uuid import uuid4
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from flask.views import MethodView
app = Flask(__name__)
@app.before_request
def before():
    g.user = None
    g.rid = uuid4().hex[:6]
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

PAGE = """<!doctype html><title>My tasks</title>
<p>Visit number: {{ visits }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""

class HomeView(MethodView):
    def get(self):
        before = request.cookies.get('visits')
        if before is None:
            visits = 1
        else:
            visits = int(before) + 1
        page = render_template_string(PAGE, tasks=TASKS, visits=visits)
        response = make_response(page, 200)
        response.set_cookie('visits', f'{visits}', max_age=60 * 60 * 24)
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def after(response):
    name = g.user.name if g.user is not None else "guest"
    response.headers["X-Request-ID"] = f"{name}@{g.rid}"
    return response


if __name__ == "__main__":
    app.run(debug=True)
