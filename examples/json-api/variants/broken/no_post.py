# expect: fail add_book
# words: none for POST
from flask import Flask, abort

app = Flask(__name__)

BOOKS = [
    {"id": 1, "title": "Emma", "year": 1815},
    {"id": 2, "title": "Middlemarch", "year": 1871},
    {"id": 3, "title": "Kim", "year": 1901},
]


@app.route("/books")
def books():
    return BOOKS


@app.route("/books/<int:number>")
def book(number):
    for book in BOOKS:
        if book["id"] == number:
            return book
    abort(404)
