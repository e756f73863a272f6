# expect: pass
# only `import flask`: everything is flask.something
import uuid
import flask
import flask.views

app = flask.Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def before():
    flask.g.request_id = uuid.uuid4().hex


class HomeView(flask.views.MethodView):
    def get(self):
        visits = int(flask.request.cookies.get("visits", "0")) + 1
        page = flask.render_template_string(
            "<h1>Tasks</h1>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}"
            "<p>{{ visits }}</p><a href=\"{{ url_for('home') }}\">Home</a>",
            tasks=TASKS, visits=visits)
        response = flask.make_response(page)
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def after(response):
    response.headers["X-Request-ID"] = flask.g.request_id
    return response
