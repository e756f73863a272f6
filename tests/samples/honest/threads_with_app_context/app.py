# expect: pass
# a pool of threads that lives as long as the app; they get the request by copy_current_request_context, or the app
from concurrent.futures import ThreadPoolExecutor, as_completed
from uuid import uuid4

from flask import Flask, copy_current_request_context, current_app, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
app.config["GREETING"] = "Hello"
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="tasks")


def greet(flask_app, name):
    with flask_app.app_context():
        return f"{current_app.config['GREETING']} {name}"


@app.before_request
def assign():
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1

        @copy_current_request_context
        def title(task):
            return request.path, task

        futures = [pool.submit(title, task) for task in TASKS]
        done = {future.result()[1] for future in as_completed(futures)}
        tasks = [task for task in TASKS if task in done]
        greeting = pool.submit(greet, current_app._get_current_object(), "you").result(timeout=5)
        response = make_response(render_template_string("""<p>{{ greeting }}</p>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=tasks, visits=visits, greeting=greeting))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
