# expect: fail json_errors
# words: no error handler of yours is for 405
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


@app.errorhandler(404)
def not_found(e):
    return jsonify(error=str(e)), 404
