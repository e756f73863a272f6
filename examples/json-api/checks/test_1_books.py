"""The books that are there: all of them, one of them, and one that is not."""

from checkpoint import check, expect, fail


@check(
    points=1,
    hints=["Flask makes JSON of a list or dict that a view returns.", "return BOOKS"],
)
def test_all_books(learner, given):
    """GET /books lists all books."""
    # In a new process, because other checks add books.
    learner.fresh().get("/books").ok().expect_json(given)


@check(
    points=2,
    needs="all_books",
    hints=[
        "A rule can have a variable part, and the view gets it as an argument.",
        'In "/books/<int:book_id>" it is a whole number, as the ids in BOOKS are.',
        'for book in BOOKS: if book["id"] == book_id: return book',
    ],
)
def test_one_book(learner, given, rng):
    """GET /books/2 answers with the book whose id is 2."""
    for book in rng.sample(given, len(given)):
        page = learner.get(f"/books/{book['id']}")
        if page.status_code == 404 and page.place:
            fail(
                f"{page.asked} is answered with 404, although there is a book with this id. A part of the URL is text, "
                "and no text equals a number: write <int:...> in the rule.",
                expected=book,
                actual="404 Not Found",
                at=page.place,
            )
        found = page.ok().expect_json(dict)
        expect(
            found == book or found not in given,
            f"{page.asked} is answered with another book. An id is no place in the list: places count from 0.",
            expected=book,
            actual=found,
            at=page.place,
        )
        page.expect_json(book)


@check(
    points=1,
    needs="one_book",
    hints=["What does the view do after the loop, when no book had the id?", "abort(404)"],
)
def test_no_such_book(learner, solution, rng):
    """An id that no book has is answered with 404."""
    path = f"/books/{rng.randrange(1000, 10_000)}"
    wanted = solution.get(path).status_code
    page = learner.get(path)
    expect(
        page.status_code != 200,
        "No book has this id, but the status says that all is well. End the view with abort(404), or give the status "
        "behind the answer: return ..., 404.",
        expected=f"{wanted} Not Found",
        actual=f"200 OK, {page.html.strip()[:80]}",
        at=page.place,
    )
    page.ok(wanted)
