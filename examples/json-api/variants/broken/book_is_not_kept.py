# expect: fail add_book
# words: one book more
# line: 31

from flask import Flask, abort, request, url_for
from werkzeug.exceptions import HTTPException

app = Flask(__name__)

BOOKS = [
    {"id": 1, "title": "Emma", "year": 1815},
    {"id": 2, "title": "Middlemarch", "year": 1871},
    {"id": 3, "title": "Kim", "year": 1901},
]


@app.get("/books")
def list_books():
    return BOOKS


@app.get("/books/<int:book_id>")
def show_book(book_id):
    for book in BOOKS:
        if book["id"] == book_id:
            return book
    abort(404)


@app.post("/books")
def add_book():
    sent = request.get_json()
    # What comes from outside may be anything: it is looked at before anything is kept.
    if not isinstance(sent, dict):
        abort(400)
    title, year = sent.get("title"), sent.get("year")
    if not isinstance(title, str) or not title:
        abort(400, "title must be a text that is not empty")
    if not isinstance(year, int):
        abort(400, "year must be a whole number")
    book = {"id": len(BOOKS) + 1, "title": title, "year": year}
    return book, 201, {"Location": url_for("show_book", book_id=book["id"])}


@app.errorhandler(HTTPException)
def tell_error(error):
    """Answers each abort(...), and whatever else Flask refuses, with JSON in place of Flask's HTML page."""
    return {"error": error.description}, error.code
