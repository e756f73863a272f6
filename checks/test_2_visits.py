"""Visits: counted with a cookie, shown on the page, one count for each visitor."""

import re

from checkpoint import check, expect, fail


@check(
    points=2,
    needs="page_loads",
    hints=[
        "On a first visit the browser has no cookie yet. What does request.cookies.get(...) give then?",
        "A cookie can only be set on a response object: wrap the rendered page with make_response(...).",
        'visits = int(request.cookies.get("visits", "0")) + 1, then response.set_cookie("visits", str(visits))',
    ],
)
def test_visit_first(pages, reference):
    """A first visit is number 1."""
    wanted = reference.cookie("visits")
    first, page = (page.ok() for page in pages)
    cookie = page.cookie("visits")
    number = int(cookie) if re.fullmatch("[0-9]{1,9}", cookie or "") else 0
    if number > int(wanted) and (page.source.shared or first.cookie("visits") == wanted):
        fail(
            f"A new visitor is told number {cookie}: visits by others have been counted too. The number is kept "
            "in a variable that all visitors share (a global, or one of the class), and should come from the cookie.",
            expected=f"visits={wanted}",
            actual=f"visits={cookie}",
            at=page.source.shared or _count_place(page),
        )
    _expect_cookie(page, cookie, wanted, "On a first visit")
    expect(
        int(wanted) in page.numbers,
        "On a first visit the page should say that it is visit number 1.",
        expected=wanted,
        actual=_numbers(page),
        at=_shown_place(page),
    )


@check(
    points=4,
    needs="page_loads",
    hints=[
        "The browser sends the cookie back on the next visit. Where do you read it?",
        "Cookies are text. To calculate with one, turn it into a number with int(...) first.",
        'visits = int(request.cookies.get("visits", "0")) + 1, then response.set_cookie("visits", str(visits))',
    ],
)
def test_visit_count(learner, solution, rng):
    """Each further visit counts one more."""
    # A small number several times in a row; of larger ones, what shows that they are counted on from, too.
    for start, times in ((rng.randrange(2, 9), 3), (rng.randrange(11, 99), 1), (rng.randrange(10**6, 10**9), 1)):
        mine, theirs = learner.client(), solution.client()
        mine.set_cookie("visits", str(start))
        theirs.set_cookie("visits", str(start))
        before = start
        for _visit in range(times):
            wanted = int(theirs.get("/").ok().cookie("visits"))
            page = mine.get("/").ok()
            when = f"With the cookie visits={before}"
            cookie = page.cookie("visits")
            if cookie == f"{before}1":
                fail(
                    f'{when}, the new cookie is {cookie}: the "1" was put behind the text instead of added to the '
                    "number. A cookie is text, so turn it into a number with int(...) first.",
                    expected=f"visits={wanted}",
                    actual=f"visits={cookie}",
                    at=_count_place(page),
                )
            _expect_cookie(page, cookie, str(wanted), when)
            expect(
                wanted in page.numbers,
                f"{when}, the page should say that this is visit number {wanted}.",
                expected=wanted,
                actual=_numbers(page),
                at=_shown_place(page),
            )
            expect(
                mine.cookie("visits") or not _is_dated(page),
                "The browser throws the new cookie away as soon as it comes: it has expired already. max_age= takes "
                "seconds from now; expires= takes a date, and counts a number from 1970.",
                expected=f"visits={cookie}",
                actual="no cookie",
                at=page.source.where("set_cookie"),
            )
            expect(
                mine.cookie("visits") == cookie,
                "The new cookie does not take the old one's place in the browser: its path or domain is another.",
                expected=f"visits={cookie}",
                actual=f"visits={mine.cookie('visits')}",
                at=page.source.where("set_cookie"),
            )
            before = wanted


@check(
    points=2,
    needs="visit_count",
    hints=[
        "Two people open the page in turn. Which variable do both of them change?",
        "A variable of the module is shared by all visitors. The cookie is kept by each browser for itself.",
        "Calculate the number from request.cookies alone, in the view.",
    ],
)
def test_visit_per_visitor(learner, solution, rng):
    """Visitors are counted apart."""
    names = ["Ann", "Ben"]
    mine = {name: learner.client() for name in names}
    theirs = {name: solution.client() for name in names}
    counts = dict.fromkeys(names, 0)
    turns = ["Ann", "Ann", "Ben", rng.choice(names)]
    for name in turns:
        wanted = int(theirs[name].get("/").ok().cookie("visits"))
        page = mine[name].get("/").ok()
        counts[name] += 1
        others = sum(counts.values()) - counts[name]
        shared = " A count that all visitors share must not be used." if others else ""
        expect(
            page.cookie("visits") == str(wanted) and wanted in page.numbers,
            f"{name} visits for the {_nth(counts[name])} time, after {others} visits by somebody else, and should be "
            f"told number {wanted}.{shared}",
            expected=wanted,
            actual=f"cookie visits={page.cookie('visits')}, numbers on the page: {_numbers(page)}",
            at=page.source.shared or _count_place(page),
        )


def _expect_cookie(page, cookie, wanted, when):
    if cookie is None:
        others = [header.partition("=")[0] for header in page.headers.getlist("Set-Cookie")]
        names = f" It sets {', '.join(others)}." if others else ""
        never = ""
        if page.source.where("set_cookie", "visits"):
            never = " There is a line that would set it: on another response than the view returns, or never reached."
        fail(
            f"{when}, the response sets no cookie named visits, so the browser has nothing to send back.{names}{never}",
            expected=f"visits={wanted}",
            actual="no such cookie",
            at=page.source.where("set_cookie") or page.source.where("make_response") or page.source.where("cookies"),
        )
    expect(
        cookie == wanted,
        f"{when}, the response should set the cookie visits={wanted}.",
        expected=f"visits={wanted}",
        actual=f"visits={cookie}",
        # If the page has the right number, it is not worked out wrongly but put into the cookie wrongly.
        at=page.source.where("set_cookie") if int(wanted) in page.numbers else _count_place(page),
    )


def _is_dated(page):
    """Say whether the page's cookie is one for all pages that says when it ends."""
    for header in page.headers.getlist("Set-Cookie"):
        name, *parts = (part.strip().lower() for part in header.split(";"))
        if name.startswith("visits=") and "path=/" in parts:
            return any(part.startswith(("expires=", "max-age=")) for part in parts)
    return False


def _count_place(page):
    """Return where the number is worked out."""
    words = [("cookies", "visits"), ("cookies",), ("visits",), ("set_cookie",)]
    return page.source.shared or next((place for place in (page.source.where(*pair) for pair in words) if place), None)


def _shown_place(page):
    """Return where the number is put on the page."""
    source = page.source
    line = next((line for line in page.lines if "visit" in line.lower()), "")
    words = re.split(r"\d+", line)[0]
    return source.text(line) or source.text(words) or source.jinja("visits") or _count_place(page)


def _numbers(page):
    return ", ".join(str(number) for number in page.numbers[:8]) or "no number at all"


def _nth(number):
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")
