# expect: pass
import json

from flask import Flask, Response, request

app = Flask(__name__)

BOOKS = [
    {"id": 1, "title": "Emma", "year": 1815},
    {"id": 2, "title": "Middlemarch", "year": 1871},
    {"id": 3, "title": "Kim", "year": 1901},
]


def answer(value, status=200, **headers):
    return Response(json.dumps(value, indent=2), status, headers, mimetype="application/json")


def refuse(status, error):
    return answer({"error": error}, status)


@app.get("/books")
def list_books():
    return answer(BOOKS)


@app.get("/books/<number>")
def show_book(number):
    for book in BOOKS:
        if str(book["id"]) == number:
            return answer(book)
    return refuse(404, f"no book {number}")


@app.post("/books")
def add_book():
    try:
        sent = json.loads(request.data)
        book = {"id": BOOKS[-1]["id"] + 1, "title": sent["title"], "year": sent["year"], "links": {"all": "/books"}}
    except (ValueError, KeyError, TypeError) as error:
        return refuse(400, f"title and year are needed: {error!r}")
    if not (isinstance(book["title"], str) and book["title"]):
        return refuse(400, "what a title!")
    if not isinstance(book["year"], int):
        return refuse(400, "what a year!")
    BOOKS.append(book)
    return answer(book, 201, Location=f"{request.base_url}/{book['id']}")


for status, error in ((404, "Nothing is here."), (405, "Not in this way.")):
    app.register_error_handler(status, lambda _error, status=status, error=error: refuse(status, error))
