# expect: pass
# two blueprints: one for pages (in sibling modules), one only for the hooks
from flask import Blueprint, Flask, g
from site_pages import pages
import uuid

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

hooks = Blueprint("hooks", __name__)

@hooks.before_app_request
def create_id():
    g.correlation = uuid.uuid4().hex

@hooks.after_app_request
def send_id(response):
    response.headers.extend({"X-Request-ID": g.correlation})
    return response

app = Flask(__name__)
app.config["TASKS"] = TASKS
app.register_blueprint(hooks)
app.register_blueprint(pages)
