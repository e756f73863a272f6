# expect: pass
# the page is a stream that still sees the request; a download beside it is zipped in memory, and a view yields JSON lines
import io
import json
import zipfile
from uuid import uuid4

from flask import Flask, Response, g, request, send_file, stream_template_string, stream_with_context, url_for
from flask.views import MethodView
from markupsafe import escape

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


@app.get("/all.zip")
def download():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("tasks.txt", "\n".join(TASKS))
    buffer.seek(0)
    return send_file(buffer, mimetype="application/zip", as_attachment=True, download_name="all.zip")


@app.get("/lines")
def lines():
    return Response((json.dumps({"task": task}) + "\n" for task in TASKS), mimetype="application/jsonl")


@app.get("/template")
def template():
    return stream_template_string("{% for task in tasks %}{{ task }} {% endfor %}", tasks=TASKS)


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1

        @stream_with_context
        def parts():
            yield "<!doctype html><ul>"
            for task in TASKS:
                yield f"<li>{escape(task)}</li>"
            yield f"</ul><p>Visit number: {visits}</p>"
            yield f'<a href="{url_for(request.endpoint)}">Home</a>'

        response = Response(parts(), mimetype="text/html")
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response


client = app.test_client()
assert zipfile.ZipFile(io.BytesIO(client.get("/all.zip").data)).namelist() == ["tasks.txt"]
assert len(client.get("/lines").text.splitlines()) == 4
assert client.get("/template").text.startswith("Sketch")
