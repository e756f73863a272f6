"""The checkpoint "A JSON API": where its parts are, and what passes."""

from checkpoint import Checkpoint, main

checkpoint = Checkpoint(
    id="json-api",
    title="A JSON API",
    quiz="quiz.yaml",
    up_next="Books that last: SQLite",
    waived={"off-by-one:add_book": "a new book may get any id that no other book has, not just the next one"},
)

if __name__ == "__main__":
    raise SystemExit(main(checkpoint))
