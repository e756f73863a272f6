"""Write the gradebook as one table, `gradebook.csv`: a row for everybody in the class, in its order.

It is UTF-8 with a mark (BOM), without which Excel takes it for another encoding. A cell that a spreadsheet would run as
a formula begins with an apostrophe (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from checkpoint.batch.files import REPORTS
from checkpoint.report.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.batch.gradebook import Gradebook
    from checkpoint.batch.gradebook.records import Mark

NAME = "gradebook.csv"
_BEFORE = ("id", "points", "possible", "percent", "passed")
_BEHIND = ("cause", "needs_person", "report")
# What a formula begins with, or what a spreadsheet drops before it looks; the last four are the wide forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_GUARD = "'"  # and what begins with one of its own gets another: no two texts have one cell
_MARK = "\ufeff"
NOT_GRADED = "not graded"


def write(book: Gradebook) -> None:
    """Write the table into the out folder, whole or not at all; raises CheckpointError when that cannot be done."""
    with book.faults():
        write_atomically(book.out / NAME, _lines(book), "the table")


def guarded(text: str) -> str:
    """Return a cell's text such that no spreadsheet takes it for a formula."""
    return _GUARD + text if text.startswith((*_FORMULA, _GUARD)) else text


def unguarded(cell: str) -> str:
    """Return the text that `guarded` has made a cell of."""
    text = cell.removeprefix(_GUARD)
    return text if guarded(text) == cell else cell


class _Echo:
    """Give what is written back to whoever writes it."""

    def write(self, text: str) -> str:
        return text


def _lines(book: Gradebook) -> Iterator[str]:
    """Yield the table line by line: a class is large."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)  # or a cell ends at `;` where that is what separates them
    checks = book.check_ids()
    taken = (*_BEFORE, *_BEHIND)
    yield _MARK
    yield writer.writerow([*_BEFORE, *(f"check:{id}" if id in taken else id for id in checks), *_BEHIND])
    for mark in book.marks():
        yield writer.writerow(map(guarded, _row(mark, checks)))


def _row(mark: Mark, checks: list[str]) -> list[str]:
    """Return one learner's cells."""
    if mark.name is None:
        return [mark.id, *[""] * (len(_BEFORE) - 1 + len(checks)), NOT_GRADED, "", ""]
    # What went wrong through our fault is graded again: until then it must not count as lost.
    score = [_number(mark.earned), _number(mark.possible), _percent(mark), "yes" if mark.passed else "no"]
    return [
        mark.id,
        *(["", _number(mark.possible), "", ""] if mark.ours else score),
        *(mark.outcomes.get(check, "") for check in checks),
        mark.cause or ("error" if mark.ours else ""),
        " ".join(mark.open),
        f"{REPORTS}/{mark.name}.html",
    ]


def _number(value: float) -> str:
    return f"{value:.2f}".removesuffix(".00")


def _percent(mark: Mark) -> str:
    return _number(100 * mark.earned / mark.possible) if mark.possible else ""
