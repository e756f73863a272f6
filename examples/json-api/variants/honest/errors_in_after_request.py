# expect: pass
from flask import Flask, abort, jsonify, request, url_for

app = Flask(__name__)
app.json.sort_keys = False

BOOKS = [
    {"id": 1, "title": "Emma", "year": 1815},
    {"id": 2, "title": "Middlemarch", "year": 1871},
    {"id": 3, "title": "Kim", "year": 1901},
]


@app.after_request
def errors_are_json(response):
    if response.status_code >= 400 and not response.is_json:
        return app.make_response(({"error": response.status}, response.status_code))
    return response


def valid(sent):
    assert isinstance(sent, dict), "a book is an object"
    assert isinstance(sent.get("title"), str), "title must be a text"
    assert sent["title"], "title must not be empty"
    assert isinstance(sent.get("year"), int), "year must be a whole number"
    return {"title": sent["title"], "year": sent["year"]}


@app.get("/books", endpoint="all")
def list_books():
    return jsonify(BOOKS)


@app.get("/books/<int:number>", endpoint="one")
def show_book(number):
    return next((book for book in BOOKS if book["id"] == number), None) or abort(404)


@app.post("/books")
def add_book():
    try:
        book = valid(request.get_json(force=True))
    except AssertionError as error:
        return {"error": str(error)}, 400
    book["id"] = 1 + len(BOOKS)
    BOOKS.append(book)
    return book, "201 CREATED", {"Location": url_for("one", number=book["id"])}
