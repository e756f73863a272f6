# expect: pass
# needs codecs that nobody has loaded before: idna, punycode, UTF-16, Shift JIS; sends an e-mail to a string
import base64
import codecs
import email.message
import html
import mimetypes
import unicodedata
import urllib.parse
from email.policy import SMTP
from uuid import uuid4
from xml.etree import ElementTree

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
for encoding in ("latin-1", "cp1252", "utf-16", "utf-8-sig", "shift_jis", "gb18030", "big5", "idna", "punycode", "cp437"):
    assert "abc".encode(encoding).decode(encoding) == "abc"
codecs.encode("x", "rot13")
with open("umlauts.txt", "w", encoding="iso-8859-15") as f:
    f.write("\u00e4\u20ac")
with open("umlauts.txt", encoding="iso-8859-15") as f:
    assert f.read() == "\u00e4\u20ac"
mail = email.message.EmailMessage(policy=SMTP)
mail["Subject"], mail["To"] = "Gr\u00fc\u00dfe", "me@example.com"
mail.set_content("hello")
mail.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
assert mail.as_bytes()
assert mimetypes.guess_type("a.svg")[0] == "image/svg+xml"
assert ElementTree.fromstring("<a><b>x</b></a>").find("b").text == "x"
assert urllib.parse.urlsplit("http://b\u00fccher.example/?q=1").query == "q=1"
assert unicodedata.name("\u00e4").startswith("LATIN")
assert html.unescape("&auml;") == "\u00e4" and base64.b64encode(b"x")


@app.before_request
def assign_request_id():
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<!doctype html><meta charset="utf-8">
<h1>\u00c4\u00d6\u00dc \U0001f600</h1>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
