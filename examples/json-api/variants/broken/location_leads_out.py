# expect: fail location
# words: leads out of this app
# line: 42
from flask import Flask, jsonify, request
from werkzeug.exceptions import HTTPException, NotFound

app = Flask(__name__)

BOOKS = [
    {"id": 1, "title": "Emma", "year": 1815},
    {"id": 2, "title": "Middlemarch", "year": 1871},
    {"id": 3, "title": "Kim", "year": 1901},
]


@app.errorhandler(HTTPException)
def error(exception):
    return jsonify(error=exception.name), exception.code


@app.route("/books")
def books():
    return jsonify(BOOKS)


@app.route("/books/<int:id>")
def book(id):
    for book in BOOKS:
        if book["id"] == id:
            return jsonify(book)
    raise NotFound


@app.route("/books", methods=["POST"])
def add():
    data = request.get_json()
    book = dict(id=len(BOOKS) + 1, title=data["title"], year=data["year"])
    BOOKS.append(book)
    response = jsonify(book)
    response.status_code = 201
    # The address of the server that this is meant for.
    response.headers["Location"] = f"https://books.example/books/{book['id']}"
    return response
