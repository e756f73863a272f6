# expect: pass
# passwords, tokens, hashes and random numbers of every kind; ids that know the network card and the time
import hashlib
import hmac
import os
import random
import secrets
import uuid

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
from itsdangerous import URLSafeTimedSerializer
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
app.secret_key = secrets.token_bytes(32)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PASSWORD = generate_password_hash("correct horse", method="pbkdf2:sha256:1000")
scrypt = hashlib.scrypt(b"battery", salt=os.urandom(8), n=1024, r=8, p=1)
assert check_password_hash(PASSWORD, "correct horse")
dice = random.SystemRandom()
random.seed()
signer = URLSafeTimedSerializer(app.secret_key)
assert signer.loads(signer.dumps({"user": 1}), max_age=60) == {"user": 1}
node = uuid.getnode()


@app.before_request
def assign_request_id():
    g.request_id = f"{uuid.uuid1()}/{secrets.token_urlsafe(6)}/{dice.getrandbits(20)}/{uuid.uuid5(uuid.NAMESPACE_URL, request.url)}"
    g.signature = hmac.new(scrypt, g.request_id.encode(), hashlib.blake2b).hexdigest()[:20]


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string("""<!doctype html>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    response.headers["X-Signature"] = g.signature
    return response
