"""A book that is sent: it is kept, and the answer says where."""

from checkpoint import check, expect, fail


@check(
    points=3,
    needs="one_book",
    hints=[
        "@app.post(...) is for POST what @app.get(...) is for GET, and request.get_json() is what was sent.",
        "The new book gets an id that no other book has, and goes into BOOKS.",
        "return book, 201",
    ],
)
def test_add_book(learner, given, rng):
    """POST /books adds a book."""
    client = learner.fresh().client()
    before = client.get("/books").ok().expect_json(given)
    for _ in range(2):  # the second book must not get the first one's id
        sent = _book(rng)
        page = client.post("/books", json=sent)
        place = page.place or page.source.where("/books")
        if page.status_code == 405:
            fail(
                "POST /books is refused: there is a view for GET /books, and none for POST.",
                expected="201 Created",
                actual="405 Method Not Allowed",
                at=place,
            )
        form = page.source.where("request", "form")
        expect(
            page.status_code == 201 or not form,
            "The book is sent as JSON, and request.form has the fields of HTML forms only.",
            expected="request.get_json()",
            actual="request.form",
            at=form,
        )
        expect(
            page.status_code != 200,
            "The answer to POST says that all is well, and should say that something was made: status 201.",
            expected="201 Created",
            actual="200 OK",
            at=place,
        )
        book = page.ok(201).expect_json(sent)
        expect(
            "id" in book and book["id"] not in [other["id"] for other in before],
            "The new book needs an id that no other book has.",
            expected="a new id",
            actual=book.get("id", "no id"),
            at=place,
        )
        after = client.get("/books").ok().expect_json(list)
        expect(
            after == [*before, book],
            "After POST /books, GET /books should list one book more: the new one, at the end.",
            expected=f"{len(before) + 1} books, at the end {book}",
            actual=f"{len(after)} books, at the end {after[-1] if after else 'none'}",
            at=page.source.where("append") or place,
        )
        client.get(f"/books/{book['id']}").ok().expect_json(book)
        before = after


@check(
    points=1,
    needs="add_book",
    hints=[
        "Location is a header of the answer to POST; its value is the address of the new book.",
        'url_for("show_book", book_id=...) makes the address, with the name of your view for one book.',
        'return book, 201, {"Location": ...}',
    ],
)
def test_location(learner, rng):
    """The answer to POST says where the new book is."""
    client, sent = learner.client(), _book(rng)
    page = client.post("/books", json=sent).ok(201)
    book = page.expect_json(sent)
    at = page.source.where("Location") or page.source.where("location") or page.place
    told = page.headers.get("Location")
    expect(told, "The answer to POST /books has no Location header.", expected="Location: /books/...", at=at)
    expect(
        page.location_path,
        "The Location header leads out of this app.",
        expected="Location: /books/...",
        actual=f"Location: {told}",
        at=at,
    )
    found = client.get(page.location_path)
    expect(
        found.status_code == 200 and found.json == book,
        f"The Location header leads to {page.location_path}, and the new book is not there.",
        expected=book,
        actual=f"{found.status}, {found.html.strip()[:80]}",
        at=at,
    )


def _book(rng):
    """Return a book that nobody else would think of."""
    return {"title": f"Volume {rng.randrange(10**6)}", "year": rng.randrange(1500, 2000)}
