"""Keep notes, and speak JSON."""

import logging

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
app.secret_key = "not for others"

NOTES = {1: {"id": 1, "text": "water the plants"}}


@app.errorhandler(404)
def not_found(error):
    return jsonify(error=str(error)), 404


@app.get("/notes")
def list_notes():
    limit = int(request.args.get("limit", 10))
    words = request.args.get("q", "").strip().lower()
    found = [note for note in NOTES.values() if words in note["text"]]
    logging.info("found %s notes", len(found))
    return {"notes": found[:limit], "more": len(found) > limit}


@app.route("/notes", methods=["POST"])
def add_note():
    text = request.get_json().get("text", "")
    if not text or len(text) >= 200:
        return {"error": f"a text of {len(text)} letters"}, 400
    number = max(NOTES, default=0) + 1
    NOTES[number] = {"id": number, "text": text}
    return jsonify(NOTES[number]), 201


@app.route("/notes/<int:number>", methods=["GET", "DELETE"])
def one_note(number: int):
    if number not in NOTES:
        abort(404)
    if request.method == "DELETE":
        del NOTES[number]
        return "", 204
    return jsonify(NOTES[number])


if __name__ == "__main__":
    app.run(port=8000 + 1)
