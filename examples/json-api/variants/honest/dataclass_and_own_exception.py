# expect: pass
from dataclasses import asdict, dataclass
from itertools import count

from flask import Flask, request
from werkzeug.exceptions import HTTPException

app = Flask(__name__)


@dataclass
class Book:
    id: int
    title: str
    year: int


class Refused(Exception):
    def __init__(self, status, **details):
        self.status = status
        self.details = details


numbers = count(1)
BOOKS = [Book(next(numbers), *row) for row in (("Emma", 1815), ("Middlemarch", 1871), ("Kim", 1901))]


@app.errorhandler(Refused)
def refused(error):
    return error.details, error.status


@app.errorhandler(HTTPException)
def http(error):
    return {"error": error.name}, error.code


@app.get("/books")
def index():
    return [asdict(book) for book in BOOKS]


@app.get("/books/<int:number>")
def show(number):
    try:
        return asdict(next(book for book in BOOKS if book.id == number))
    except StopIteration:
        raise Refused(404, error="There is no such book.") from None


@app.post("/books")
def add():
    match request.get_json(silent=True):
        case {"title": str(title), "year": int(year)} if title:
            book = Book(next(numbers), title, year)
        case {"title": str(title)} if title:
            raise Refused(400, error="The year has to be a whole number.", key="year")
        case _:
            raise Refused(400, error="The title has to be a text.", key="title")
    BOOKS.append(book)
    return asdict(book), 201, {"Location": f"books/{book.id}"}
