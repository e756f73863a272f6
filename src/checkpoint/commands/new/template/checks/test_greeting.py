"""The greeting: there is one, it has the visitor's name, and a name is text."""

from checkpoint import check, expect


@check(
    points=1,
    hints=["Run the file with python: what does it print?"],
)
def test_greets_world(learner, solution):
    """Without a name, the page greets the world."""
    _expect_greeting(learner, solution, "/", "The page should greet the world.")


@check(
    points=2,
    needs="greets_world",
    hints=[
        "request.args has what stands behind the ? in the address.",
        'request.args.get("name", "world") is "world" where there is no name.',
    ],
)
def test_greets_by_name(learner, solution, rng):
    """With a name in the address, the page greets by that name."""
    address = f"/?name=Ada{rng.randrange(1000)}"
    words = f"At {address} the page should greet by that name."
    _expect_greeting(learner, solution, address, words)


@check(
    points=1,
    needs="greets_world",
    hints=[
        "A browser takes what looks like a tag for one, whoever has typed it.",
        "from markupsafe import escape, and put escape(name) into the page.",
    ],
)
def test_shows_name_as_text(learner, solution, rng):
    """A name that looks like HTML is shown as it was typed."""
    address = f"/?name=<i>Ada{rng.randrange(1000)}</i>"
    words = f"The page at {address} should show the name as it was typed."
    _expect_greeting(learner, solution, address, words)


def _expect_greeting(learner, solution, address, words):
    """Ask both apps the same: what the solution shows, the learner's page has to show."""
    wanted = solution.get(address).ok().lines[0]
    page = learner.get(address).ok()
    expect(
        wanted in page.lines,
        words,
        expected=wanted,
        actual="\n".join(page.lines) or "an empty page",
        at=page.place,
    )
