"""What makes no sense is refused, and each error is JSON."""

import pytest

from checkpoint import check, expect


@check(
    points=2,
    needs="add_book",
    hints=[
        "What was sent may be anything: look at it before you make a book of it.",
        'sent.get("title") is None where there is no title; sent["title"] raises a KeyError.',
        "if not isinstance(title, str) or not title: abort(400)",
    ],
)
@pytest.mark.parametrize("key", ["title", "year"])
def test_bad_book(learner, solution, rng, key):
    """What is no book is refused with 400."""
    good = {"title": f"Volume {rng.randrange(10**6)}", "year": rng.randrange(1500, 2000)}
    without = {other: value for other, value in good.items() if other != key}
    senseless = {"title": ["", rng.randrange(10**6)], "year": [str(good["year"]), None]}[key]
    client = learner.client()
    before = client.get("/books").ok().json
    for sent in (without, *({**good, key: value} for value in senseless), [good["title"], good["year"]]):
        wanted = solution.client().post("/books", json=sent).status_code
        page = client.post("/books", json=sent)
        expect(
            page.status_code not in (200, 201),
            f"POST /books takes this for a book: {sent}.",
            expected=f"{wanted} Bad Request",
            actual=page.status,
            at=page.place,
        )
        page.ok(wanted)
        expect(
            client.get("/books").ok().json == before,
            f"POST /books refuses {sent}, and keeps it all the same. Look at what was sent before you keep it.",
            at=page.source.where("append") or page.place,
        )


@check(
    points=1,
    needs="all_books",
    hints=[
        "A function under @app.errorhandler(...) answers in place of Flask when there is an error.",
        "@app.errorhandler(404) is for one status; @app.errorhandler(HTTPException) is for all.",
        'return {"error": error.description}, error.code',
    ],
)
def test_json_errors(learner, solution, rng):
    """Every error is answered with JSON."""
    word = "".join(rng.choice("bcdfghkmnprstvz") for _ in range(8))
    for method, path in (("GET", f"/{word}"), ("GET", f"/books/{word}"), ("DELETE", "/books")):
        wanted = solution.client().open(path, method=method).status_code
        page = learner.client().open(path, method=method)
        at = _handler(page.source)
        expect(
            page.status_code != 200,
            f"{page.asked} is an error, but the status says that all is well. Give it behind the answer.",
            expected="return {...}, error.code",
            actual=page.status,
            at=at,
        )
        page.ok(wanted)
        expect(
            not page.html.startswith("<!doctype html>"),
            f"{page.asked} is answered with Flask's own HTML page: no error handler of yours is for {wanted}.",
            expected='{"error": "..."}',
            actual=page.html[:80],
            at=at,
        )
        page.expect_json({"error": str}, at=at)


@check(
    points=1,
    needs=["bad_book", "json_errors"],
    hints=[
        "Whoever reads the error wants to know which key to mend.",
        'abort(400, "...") hands the text on: the error handler finds it in error.description.',
    ],
)
def test_error_names_key(learner, rng):
    """The error says which key is wrong."""
    good = {"title": f"Volume {rng.randrange(10**6)}", "year": rng.randrange(1500, 2000)}
    for key in rng.sample(list(good), len(good)):
        page = learner.client().post("/books", json={**good, key: None}).ok(400)
        error = page.expect_json({"error": str})["error"]
        expect(
            key in error.lower(),
            f"A book without a proper {key} is refused, but the error does not speak of the {key}.",
            expected=f"a sentence with the word {key}",
            actual=error,
            at=page.place,
        )


def _handler(source):
    """Return where the learner's error handler is, or else where it is registered."""
    place = source.where("errorhandler") or source.where("register_error_handler")
    function = source.function_around(place)
    return function.place if function else place
