# expect: pass
# The ids of new books are no numbers, and nobody said that they were to be.
from uuid import uuid4

from flask import Flask, abort, request, url_for
from werkzeug.exceptions import HTTPException

app = Flask(__name__)

BOOKS = {
    "1": {"id": 1, "title": "Emma", "year": 1815},
    "2": {"id": 2, "title": "Middlemarch", "year": 1871},
    "3": {"id": 3, "title": "Kim", "year": 1901},
}


@app.get("/books")
def list_books():
    return list(BOOKS.values())


@app.get("/books/<key>")
def show_book(key):
    if key not in BOOKS:
        abort(404)
    return BOOKS[key]


@app.post("/books")
def add_book():
    sent = request.get_json()
    if not isinstance(sent, dict) or not sent.get("title") or not isinstance(sent["title"], str):
        abort(400, "A book needs a TITLE.")
    if not isinstance(sent.get("year"), int):
        abort(400, "A book needs a YEAR.")
    key = uuid4().hex
    BOOKS[key] = {"id": key, **{name: sent[name] for name in ("title", "year")}}
    return BOOKS[key], 201, {"location": url_for("show_book", key=key)}


@app.errorhandler(HTTPException)
def tell_error(error):
    return {"error": error.description}, error.code
