# expect: fail one_book
# words: text/html
import json

from flask import Flask, jsonify

app = Flask(__name__)

BOOKS = [
    {"id": 1, "title": "Emma", "year": 1815},
    {"id": 2, "title": "Middlemarch", "year": 1871},
    {"id": 3, "title": "Kim", "year": 1901},
]


@app.route("/books")
def books():
    return jsonify(BOOKS)


@app.route("/books/<int:n>")
def book(n):
    return json.dumps([b for b in BOOKS if b["id"] == n][0])
