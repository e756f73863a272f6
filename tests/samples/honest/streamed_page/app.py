# expect: pass
# get returns a Response that streams the page from a generator
from uuid import uuid4
from flask import Flask, Response, g, request, stream_with_context, url_for
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def ident():
    g.ident = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1

        def lines():
            yield "<!doctype html><title>Tasks</title>\n<ul>\n"
            for task in TASKS:
                yield "<li>" + task + "</li>\n"
            yield "</ul>\n<p>Visit number " + str(visits) + "</p>\n"
            yield '<a href="' + url_for("home") + '">Home</a>'

        response = Response(stream_with_context(lines()))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def write(response):
    response.headers["X-Request-ID"] = g.ident
    return response
