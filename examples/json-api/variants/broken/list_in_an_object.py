# expect: fail all_books
# words: it is an object, not a list
# line: 17
from flask import Flask, jsonify

app = Flask(__name__)

BOOKS = [
    {"id": 1, "title": "Emma", "year": 1815},
    {"id": 2, "title": "Middlemarch", "year": 1871},
    {"id": 3, "title": "Kim", "year": 1901},
]


@app.get("/books")
def list_books():
    return jsonify(books=BOOKS)
