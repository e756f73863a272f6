# expect: pass
# uploads are saved with secure_filename; the app tries it out on itself, with a file too large to stay in memory
import io
import os
from uuid import uuid4

from flask import Flask, g, make_response, redirect, render_template_string, request, send_from_directory, url_for
from flask.views import MethodView
from werkzeug.utils import secure_filename

UPLOAD_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "uploads")
os.makedirs(UPLOAD_FOLDER, exist_ok=True)

app = Flask(__name__)
app.config["UPLOAD_FOLDER"] = UPLOAD_FOLDER
app.config["MAX_CONTENT_LENGTH"] = 16 * 1000 * 1000
ALLOWED_EXTENSIONS = {"txt", "pdf", "png"}
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


def allowed_file(filename):
    return "." in filename and filename.rsplit(".", 1)[1].lower() in ALLOWED_EXTENSIONS


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


@app.route("/upload", methods=["GET", "POST"])
def upload_file():
    if request.method == "POST":
        file = request.files["file"]
        if file and allowed_file(file.filename):
            filename = secure_filename(file.filename)
            file.save(os.path.join(app.config["UPLOAD_FOLDER"], filename))
            return redirect(url_for("download_file", name=filename))
    return "<form method=post enctype=multipart/form-data><input type=file name=file><input type=submit></form>"


@app.route("/uploads/<name>")
def download_file(name):
    return send_from_directory(app.config["UPLOAD_FOLDER"], name)


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<!doctype html>
<title>Tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<p><a href="{{ url_for('home') }}">Home</a> <a href="{{ url_for('upload_file') }}">Upload</a></p>
""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response


with app.test_client() as client:
    for size in (10, 900_000):
        answer = client.post("/upload", data={"file": (io.BytesIO(b"x" * size), "../my notes.txt")}, follow_redirects=True)
        assert answer.request.path == "/uploads/my_notes.txt", answer.request.path
        assert answer.data == b"x" * size
print(os.listdir(UPLOAD_FOLDER))
