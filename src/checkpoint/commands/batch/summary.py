"""Say at the end of a batch how the class stands, and name whom somebody has to look at."""

from __future__ import annotations

import shlex
from itertools import islice
from typing import TYPE_CHECKING

from checkpoint.batch.outputs import OVERVIEW
from checkpoint.batch.table import NAME as TABLE
from checkpoint.report.prose import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checkpoint.batch.find import Found
    from checkpoint.batch.gradebook import Gradebook

NAMED = 10  # of each kind; the overview has all
CHARS = 160


def lines(book: Gradebook, found: Sequence[Found], *, quiet: bool) -> Iterator[str]:
    """Yield what to print about a gradebook after a run over the submissions that were `found`."""
    counts = book.counts()
    told = {
        "passed": counts.passed,
        "not passed": counts.failed,
        "waiting for a person": counts.undecided,
        "could not be graded, through no fault of theirs": counts.ours,
        "not graded yet": counts.enrolled - counts.graded - counts.ours,
    }
    yield f"{_many(counts.enrolled)}: {', '.join(f'{number} {what}' for what, number in told.items() if number)}"
    if not quiet:
        yield from _named("taken in with a warning", ((each.id, each.warning) for each in found if each.warning))
        yield from _named("not taken in, and so without points", _told(book, "sha256 = '' AND NOT ours"))
        yield from _named("could not be graded", _told(book, "ours"))
        if next(book.open_checks(), None) is not None:
            yield f"decide with: checkpoint batch decide {shlex.quote(str(book.out))}"
        if counts.enrolled > counts.graded + counts.ours:
            yield "the same command goes on with them"
    yield f"see {book.out / OVERVIEW} and {book.out / TABLE}"


def _told(book: Gradebook, which: str) -> Iterator[tuple[str, str]]:
    """Yield those of the class for whom a condition holds, with the first thing that their report says."""
    message = "SELECT message FROM checks WHERE checks.id = marks.id AND message IS NOT NULL ORDER BY number LIMIT 1"
    for id, complete, words in book.rows(f"SELECT id, complete, ({message}) FROM marks WHERE {which}"):  # noqa: S608
        stopped = None if complete else book.report(id).stopped
        yield id, stopped.message if stopped else words or ""


def _many(number: int) -> str:
    return f"{number} submission{'' if number == 1 else 's'}"


def _named(what: str, whom: Iterator[tuple[str, str]]) -> Iterator[str]:
    """Yield a heading and the first few, if there are any, and how many more there are."""
    first = list(islice(whom, NAMED))
    if not first:
        return
    yield f"{what}:"
    for id, why in first:
        yield f"  {id}: {one_line(why, CHARS)}"
    more = sum(1 for _ in whom)
    if more:
        yield f"  and {more} more"
