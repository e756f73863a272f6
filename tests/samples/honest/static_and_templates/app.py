# expect: pass
# pages in templates/, a stylesheet and a picture in static/; the app looks at them through its own client
from uuid import uuid4
from flask import Flask, g, make_response, render_template, request, send_file, send_from_directory, url_for
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def before_request():
    g.request_id = uuid4().hex

@app.route("/favicon.ico")
def favicon():
    return send_from_directory(app.static_folder, "dot.png", mimetype="image/png")

@app.route("/download")
def download():
    return send_file("static/style.css", as_attachment=True, download_name="my.css", conditional=True)

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template("home.html", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def after_request(response):
    response.headers["X-Request-ID"] = g.request_id
    return response

client = app.test_client()
with app.test_request_context():
    style = url_for("static", filename="style.css")
assert client.get(style).mimetype == "text/css"
assert client.get(style, headers={"Range": "bytes=0-3"}).data == b"body"
assert client.get(style, headers={"If-None-Match": client.get(style).headers["ETag"]}).status_code == 304
assert client.get("/favicon.ico").mimetype == "image/png"
assert "attachment; filename=my.css" in client.get("/download").headers["Content-Disposition"]
assert client.get("/static/missing.js").status_code == 404
