# expect: fail json_errors
# words: HTML page
# line: 36
from flask import Blueprint, Flask, abort, request

bp = Blueprint("books", __name__)

BOOKS = [
    {"id": 1, "title": "Emma", "year": 1815},
    {"id": 2, "title": "Middlemarch", "year": 1871},
    {"id": 3, "title": "Kim", "year": 1901},
]


@bp.get("/books")
def index():
    return BOOKS


@bp.get("/books/<int:number>")
def show(number):
    for book in BOOKS:
        if book["id"] == number:
            return book
    abort(404)


@bp.post("/books")
def add():
    book = {"id": len(BOOKS) + 1, **request.get_json()}
    BOOKS.append(book)
    return book, 201


@bp.errorhandler(404)
def missing(error):
    return {"error": "not found"}, 404


app = Flask(__name__)
app.register_blueprint(bp)
