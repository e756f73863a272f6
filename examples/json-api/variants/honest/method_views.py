# expect: pass
from flask import Flask, abort, jsonify, make_response, request, url_for
from flask.views import MethodView
from werkzeug.exceptions import HTTPException

app = Flask(__name__)

BOOKS = [
    {"id": 1, "title": "Emma", "year": 1815},
    {"id": 2, "title": "Middlemarch", "year": 1871},
    {"id": 3, "title": "Kim", "year": 1901},
]


class Books(MethodView):
    def get(self):
        return BOOKS

    def post(self):
        sent = request.get_json()
        problems = self.problems(sent)
        if problems:
            abort(make_response(jsonify(error="; ".join(problems)), 400))
        book = {"id": len(BOOKS) + 1, **{key: sent[key] for key in ("title", "year")}}
        BOOKS.append(book)
        response = make_response(book, 201)
        response.location = url_for("book", number=book["id"])
        return response

    def problems(self, sent):
        if not isinstance(sent, dict):
            return ["send an object"]
        wanted = {"title": str, "year": int}
        return [f"{key} is no {kind.__name__}" for key, kind in wanted.items() if not isinstance(sent.get(key), kind)] or (
            [] if sent["title"] else ["title is empty"]
        )


class Book(MethodView):
    init_every_request = False

    def get(self, number):
        for book in BOOKS:
            if book["id"] == number:
                return book
        abort(404)


def as_json(error):
    response = error.get_response()
    response.data = jsonify(error=error.description).data
    response.content_type = "application/json"
    return response


app.add_url_rule("/books", view_func=Books.as_view("books"))
app.add_url_rule("/books/<int:number>", view_func=Book.as_view("book"))
app.register_error_handler(HTTPException, as_json)
