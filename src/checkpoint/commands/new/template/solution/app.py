"""The reference: greets whoever is named in the address."""

from flask import Flask, request
from markupsafe import escape

app = Flask(__name__)


@app.get("/")
def greet():
    # What comes from outside may look like HTML: escape makes text of it.
    name = escape(request.args.get("name", "world"))
    return f"<p>Hello, {name}!</p>"


if __name__ == "__main__":
    client = app.test_client()
    for address in ("/", "/?name=Ada", "/?name=<i>Ada</i>"):
        print(address, "->", client.get(address).text)
