# expect: pass
# hooks and counting are in sibling modules
from flask import Flask, make_response, render_template_string
from flask.views import MethodView

import helpers
from request_ids import install

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
app = Flask(__name__)
install(app)


class HomeView(MethodView):
    def get(self):
        visits = helpers.next_visit()
        response = make_response(render_template_string(helpers.PAGE, tasks=TASKS, visits=visits))
        helpers.save_visit(response, visits)
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))
