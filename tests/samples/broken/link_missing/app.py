# expect: fail home_link
# words: link|url_for
# version 3, finally works??
import secrets
from flask import Flask, make_response, g, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]

@app.before_request
def hook_one():
    g.current_id = secrets.token_hex(10)

class RootView(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0")) + 1
        rsp = make_response(render_template_string(
            """<title>Home</title>{% for item in tasks %}<p>{{item}}</p>{% endfor %}
            <p>counter = {{ num }}</p>""", tasks=TASKS, num=num))
        rsp.set_cookie("visits", str(num))
        return rsp

app.add_url_rule("/", view_func=RootView.as_view("home"))

@app.after_request
def hook_two(rsp):
    rsp.headers["X-Request-ID"] = g.current_id
    return rsp

if __name__ == "__main__":
    app.run(debug=True)
