"""A page that greets.

Run it with `python starter/app.py`: it asks itself for the page and prints it.
"""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def greet():
    # TODO 1: greet by name: /?name=Ada is to say "Hello, Ada!"
    # TODO 2: show a name that looks like HTML as it was typed.
    return "<p>Hello, world!</p>"


if __name__ == "__main__":
    client = app.test_client()
    for address in ("/", "/?name=Ada", "/?name=<i>Ada</i>"):
        print(address, "->", client.get(address).text)
