"""Draw what was done at a checkpoint so far: each attempt, how the points went, the sittings of the quiz."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from checkpoint.report import Style
from checkpoint.report.chart import chart
from checkpoint.report.rows import ASCII, EMPTY, UNICODE, Row, line
from checkpoint.report.terminal import page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from checkpoint.past import Past, Sat, Try
    from checkpoint.report.rows import Glyphs

_WIDE = 60  # cells from which on there is room for a check's id
_CHART_CELLS = 60


def render(past: Past, style: Style = Style()) -> str:  # noqa: B008  # frozen
    """Return the page as text for a terminal."""
    return page(_rows(past, style), style)


def _rows(past: Past, style: Style) -> Iterator[Row]:
    glyphs = UNICODE if style.unicode else ASCII
    yield line(past.title, "strong")
    yield EMPTY
    if not (past.tries or past.sittings):
        yield line("Nothing has been attempted yet.")
        return
    for same in _folded(past.tries):
        yield _try(same[-1], len(same), style, glyphs)
    if len(past.shares) > 1:
        shown = past.shares[-(min(style.width, _CHART_CELLS) - len("points  ")) :]
        yield EMPTY
        yield Row(lead=(("points  ", "quiet"),), text=((chart(shown, unicode=style.unicode), "plain"),))
    if past.sittings:
        yield from [EMPTY, line("quiz", "quiet")]
        for sat in past.sittings:
            yield _sat(sat, glyphs)
    seen = [f"{id} {number}" for id, number in past.hints.items() if number]
    if seen:
        yield EMPTY
        yield Row(lead=(("hints seen: ", "quiet"),), text=((", ".join(seen), "plain"),))


def _folded(tries: tuple[Try, ...]) -> Iterator[list[Try]]:
    """Yield the tries, those together in which the same was graded again with the same result."""
    for _, same in groupby(tries, lambda one: (one.content, one.fingerprint, one.only, one.earned, one.possible)):
        yield list(same)


def _try(one: Try, times: int, style: Style, glyphs: Glyphs) -> Row:
    """Return the line of an attempt, or of several that are alike."""
    mark = glyphs.marks["passed" if one.passed else "blocked" if one.only else "failed"]
    beside = f"  {times} times" if times > 1 else ""
    if style.width < _WIDE:
        beside += "  alone" if one.only else ""
    elif one.only is not None:
        beside += f"  {one.only} alone"
    elif one.first_open is not None:
        beside += f"  {one.first_open.id}"
    return Row(
        lead=((f"{mark} ", "passed" if one.passed else "quiet" if one.only else "failed"),),
        text=((f"{one.number:>3}  {_stamp(one.when)}", "plain"), (beside, "quiet")),
        right=(f"{one.earned}/{one.possible}", "passed" if one.passed else "plain"),
    )


def _sat(sat: Sat, glyphs: Glyphs) -> Row:
    how = [words for words, holds in (("exam", sat.exam), ("some questions", sat.partial)) if holds]
    return Row(
        lead=((f"{glyphs.marks['passed' if sat.passed else 'failed']} ", "passed" if sat.passed else "failed"),),
        text=((f"     {_stamp(sat.when)}", "plain"), (f"  {', '.join(how)}" if how else "", "quiet")),
        right=(f"{sat.earned}/{sat.possible}", "passed" if sat.passed else "plain"),
    )


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def document(past: Past) -> dict[str, object]:
    """Return all of it as plain values for JSON; times are ISO 8601."""
    return {
        "id": past.id,
        "title": past.title,
        "attempts": [
            {
                "number": one.number,
                "when": one.when.isoformat(),
                "path": one.path,
                "sha256": one.content,
                "fingerprint": one.fingerprint,
                "seed": one.seed,
                "only": one.only,
                "passed": one.passed,
                "earned": one.earned,
                "possible": one.possible,
                "checks": {check.id: check.status for check in one.checks},
            }
            for one in past.tries
        ],
        "sittings": [
            {
                "when": sat.when.isoformat(),
                "quiz": sat.quiz,
                "mode": "exam" if sat.exam else "practice",
                "partial": sat.partial,
                "passed": sat.passed,
                "earned": sat.earned,
                "possible": sat.possible,
            }
            for sat in past.sittings
        ],
        "hints": past.hints,
    }
