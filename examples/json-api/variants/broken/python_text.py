# expect: fail one_book
# words: how Python shows
# line: 24
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


@app.get("/books/<int:n>")
def book(n):
    for b in BOOKS:
        if b["id"] == n:
            return str(b)
    return "no", 404
