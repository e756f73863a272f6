# expect: pass
from flask import Blueprint, Flask, abort, current_app, request, url_for
from werkzeug.exceptions import HTTPException

bp = Blueprint("library", __name__, url_prefix="/books")


@bp.get("")
def index():
    return list(current_app.books.values())


@bp.get("/<int:id>")
def show(id):
    return current_app.books.get(id) or abort(404, f"no book {id}")


@bp.post("")
def create():
    sent = request.get_json()
    try:
        title, year = sent["title"], sent["year"]
    except (KeyError, TypeError):
        abort(400, "title and year are needed")
    if not (isinstance(title, str) and title):
        abort(400, "title: a text")
    if not isinstance(year, int):
        abort(400, "year: a whole number")
    id = len(current_app.books) + 1
    current_app.books[id] = {"title": title, "year": year, "id": id}
    return current_app.books[id], 201, [("Location", url_for(".show", id=id, _external=True))]


@bp.app_errorhandler(HTTPException)
def error(error):
    return {"status": error.code, "name": error.name, "error": error.description}, error.code


def create_app():
    app = Flask(__name__)
    app.books = {
        1: {"id": 1, "title": "Emma", "year": 1815},
        2: {"id": 2, "title": "Middlemarch", "year": 1871},
        3: {"id": 3, "title": "Kim", "year": 1901},
    }
    app.register_blueprint(bp)
    return app
