# expect: fail bad_book
# words: KeyError
# line: 29
from flask import Flask, jsonify, request, url_for

app = Flask(__name__)

BOOKS = [
    {"id": 1, "title": "Emma", "year": 1815},
    {"id": 2, "title": "Middlemarch", "year": 1871},
    {"id": 3, "title": "Kim", "year": 1901},
]


@app.route("/books", methods=["GET"])
def all():
    return jsonify(BOOKS)


@app.route("/books/<int:number>", methods=["GET"])
def one(number):
    books = {book["id"]: book for book in BOOKS}
    return jsonify(books[number]) if number in books else (jsonify(error="no such book"), 404)


@app.route("/books", methods=["POST"])
def add():
    data = request.json
    book = {"id": len(BOOKS) + 1, "title": data["title"], "year": data["year"]}
    BOOKS.append(book)
    return jsonify(book), 201, {"Location": url_for("one", number=book["id"])}
