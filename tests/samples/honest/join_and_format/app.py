# expect: pass
# page by str.format and join, in pieces, cookie by headers.add("Set-Cookie", ...)
import html
import uuid
from flask import Flask, g, make_response, request, url_for
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
TOP = "<html><head><title>{title}</title></head><body>"
BOTTOM = "<p>Visits: {n}</p><a href='{home}'>Home</a></body></html>"

@app.before_request
def one():
    g.setdefault("rid", str(uuid.uuid4()))

class Home(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        middle = "<ul>" + "".join("<li>" + html.escape(t) + "</li>" for t in TASKS) + "</ul>"
        text = "\n".join([TOP.format(title="Tasks"), middle, BOTTOM.format(n=n, home=url_for("home"))])
        response = make_response(text)
        response.headers.add("Set-Cookie", "visits=%d; Path=/" % n)
        return response

app.add_url_rule("/", view_func=Home.as_view("home"))

@app.after_request
def two(response):
    response.headers["x-request-id"] = g.get("rid")
    return response
