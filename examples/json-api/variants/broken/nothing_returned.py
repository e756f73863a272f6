# expect: fail no_such_book
# words: no `return`
# line: 23
from flask import Flask

app = Flask(__name__)

BOOKS = [
    {"id": 1, "title": "Emma", "year": 1815},
    {"id": 2, "title": "Middlemarch", "year": 1871},
    {"id": 3, "title": "Kim", "year": 1901},
]


@app.get("/books")
def books():
    return BOOKS


@app.get("/books/<int:id>")
def book(id):
    for book in BOOKS:
        if book["id"] == id:
            return book
