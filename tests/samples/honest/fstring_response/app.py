# expect: pass
# no Jinja at all: the page is put together with f-strings and a Response object
from uuid import uuid4
from flask import Flask, Response, g, request, url_for
from flask.views import MethodView
from markupsafe import escape

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


def page(visits):
    rows = ""
    for task in TASKS:
        rows += f"    <li>{escape(task)}</li>\n"
    return f"""<!doctype html>
<html>
  <body>
  <h1>{len(TASKS)} things to do</h1>
  <ul>
{rows}  </ul>
  <p>visit number {visits}</p>
  <a href="{url_for('home')}">home</a>
  </body>
</html>"""


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", 0)) + 1
        response = Response(page(visits), mimetype="text/html")
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.before_request
def give_id():
    g.uid = uuid4()


@app.after_request
def write_id(response: Response):
    response.headers["X-Request-ID"] = f"{g.uid}"
    return response
