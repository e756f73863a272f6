"""A JSON API for a shelf of books.

Run it with `python starter/app.py`: it asks itself a few questions and prints the answers.
Three things are still to do, each marked TODO. `checkpoint grade starter/app.py` tells how far you are.
"""

from flask import Flask, abort, request, url_for
from werkzeug.exceptions import HTTPException

app = Flask(__name__)

BOOKS = [
    {"id": 1, "title": "Emma", "year": 1815},
    {"id": 2, "title": "Middlemarch", "year": 1871},
    {"id": 3, "title": "Kim", "year": 1901},
]


@app.get("/books")
def list_books():
    return BOOKS


# TODO 1: GET /books/2 answers with the book whose id is 2, and an id that no book has with 404.


# TODO 2: POST /books adds the book that comes as JSON, if it has a title and a year, and answers with 201.


# TODO 3: answer every error with JSON, {"error": "..."}, in place of Flask's HTML page.


if __name__ == "__main__":
    client = app.test_client()
    added = client.post("/books", json={"title": "Ulysses", "year": 1922})
    print("Added:  ", added.status, added.headers.get("Location"))
    for path in ("/books", "/books/2", "/books/99"):
        response = client.get(path)
        print(f"{path}:", response.status, response.get_data(as_text=True).strip())
