# expect: pass
import sqlite3

from flask import Flask, g, jsonify, request, url_for
from werkzeug.exceptions import BadRequest, HTTPException, NotFound

app = Flask(__name__)
db = sqlite3.connect(":memory:", check_same_thread=False)
db.row_factory = sqlite3.Row
db.execute("CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, year INTEGER NOT NULL)")
db.executemany("INSERT INTO books (title, year) VALUES (?, ?)", [("Emma", 1815), ("Middlemarch", 1871), ("Kim", 1901)])


@app.before_request
def cursor():
    g.db = db.cursor()


@app.get("/books")
def list_books():
    return jsonify([dict(row) for row in g.db.execute("SELECT * FROM books ORDER BY id")])


@app.get("/books/<int:number>")
def show_book(number):
    row = g.db.execute("SELECT * FROM books WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise NotFound("There is no such book.")
    return dict(row)


@app.post("/books")
def add_book():
    sent = request.get_json()
    if not isinstance(sent, dict):
        raise BadRequest("Send an object.")
    for key, kind in (("title", str), ("year", int)):
        if not isinstance(sent.get(key), kind) or sent[key] == "":
            raise BadRequest(f"{key} has to be of type {kind.__name__}.")
    number = g.db.execute("INSERT INTO books (title, year) VALUES (:title, :year)", sent).lastrowid
    return show_book(number), 201, {"Location": url_for("show_book", number=number)}


@app.errorhandler(HTTPException)
def tell_error(error):
    return {"error": error.description}, error.code
