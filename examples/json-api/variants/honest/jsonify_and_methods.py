# expect: pass
from flask import Flask, jsonify, request

app = Flask(__name__)

BOOKS = [
    {"id": 1, "title": "Emma", "year": 1815},
    {"id": 2, "title": "Middlemarch", "year": 1871},
    {"id": 3, "title": "Kim", "year": 1901},
]


@app.route("/books", methods=["GET", "POST"])
def books():
    if request.method == "GET":
        return jsonify(BOOKS)
    sent = request.json
    if type(sent) is not dict:
        return jsonify(error="a book is an object with title and year"), 400
    if type(sent.get("title")) is not str or sent["title"].strip() == "":
        return jsonify(error="Title is missing or empty"), 400
    if type(sent.get("year")) is not int:
        return jsonify(error="Year is missing or no number"), 400
    number = max(book["id"] for book in BOOKS) + 1
    BOOKS.append({"id": number, "title": sent["title"], "year": sent["year"]})
    response = jsonify(BOOKS[-1])
    response.status_code = 201
    response.headers["Location"] = f"/books/{number}"
    return response


@app.route("/books/<int:number>")
def book(number):
    found = [book for book in BOOKS if book["id"] == number]
    return jsonify(found[0]) if found else (jsonify(error="no such book"), 404)


@app.errorhandler(404)
def not_found(error):
    return jsonify(error=str(error)), 404


@app.errorhandler(405)
def not_allowed(error):
    return jsonify(error=str(error)), 405


if __name__ == "__main__":
    app.run(debug=True)
