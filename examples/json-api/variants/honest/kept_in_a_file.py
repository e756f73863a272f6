# expect: pass
import json
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.exceptions import abort

app = Flask(__name__)
FILE = Path(__file__).parent / "books.json"
FILE.write_text(
    json.dumps(
        {
            "1": {"id": 1, "title": "Emma", "year": 1815},
            "2": {"id": 2, "title": "Middlemarch", "year": 1871},
            "3": {"id": 3, "title": "Kim", "year": 1901},
        }
    )
)


def read():
    return json.loads(FILE.read_text())


@app.get("/books")
def list_books():
    return Response(json.dumps(list(read().values())), content_type="application/json; charset=utf-8")


@app.get("/books/<int:number>")
def show_book(number):
    return read().get(str(number)) or abort(404)


@app.post("/books")
def add_book():
    sent = request.get_json()
    if isinstance(sent, list):
        return {"error": "one book at a time, please"}, 400
    for key, kind in {"title": str, "year": int}.items():
        if key not in sent:
            return {"error": f"there is no {key}"}, 400
        if not isinstance(sent[key], kind) or not sent[key]:
            return {"error": f"{key} is not as it should be: {sent[key]!r}"}, 400
    books = read()
    number = str(len(books) + 1)
    books[number] = {"id": int(number), "title": sent["title"], "year": sent["year"]}
    FILE.write_text(json.dumps(books))
    return books[number], 201, {"Location": f"http://localhost/books/{number}"}


@app.errorhandler(Exception)
def everything(error):
    return {"error": f"{type(error).__name__}: {error}"}, getattr(error, "code", 500)
