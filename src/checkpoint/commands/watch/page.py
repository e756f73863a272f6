"""Word what stands around a report while saves are watched: the line on top, the panels below, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.report.rows import Row, line, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from checkpoint.model import Report
    from checkpoint.report.rows import Span

KEYS = {"h": "hint", "r": "again", "d": "diff", "z": "quiz", "q": "quit"}
_GAP = "  "


def heading(now: datetime, words: str) -> list[Row]:
    """Return the line on top: when this was graded, and what is to be said of that."""
    return [Row(lead=((f"{now:%H:%M:%S}{_GAP}", "quiet"),), text=((words, "strong"),))]


def changed(before: Report | None, now: Report) -> str:
    """Return what is different from the verdict before, in words."""
    if before is None:
        return "graded; save the file to have it graded again"
    was = {check.id: check.outcome for check in before.checks}
    passes = [check.id for check in now.checks if check.outcome == "passed" != was.get(check.id, "passed")]
    lost = [check for check in now.checks if check.outcome != "passed" == was.get(check.id)]
    fails = [check.id for check in lost if check.outcome in ("failed", "blocked")]
    undecided = [check.id for check in lost if check.id not in fails]
    words = [
        _said(passes, "{} passes now", "{} more checks pass"),
        _said(fails, "{} fails now", "{} checks fail now"),
        _said(undecided, "{} is not decided now", "{} checks are not decided now"),
    ]
    if any(words):
        return ", ".join(filter(None, words))
    return "no check changed" if before.cause == now.cause else "the same checks fail, for another reason"


def _said(ids: list[str], one: str, several: str) -> str:
    """Say something of these checks, by name or by number."""
    return one.format(*ids) if len(ids) == 1 else several.format(len(ids)) if ids else ""


def said(texts: Iterable[str]) -> list[Row]:
    """Return what an author's files printed while they ran, a row a line."""
    return [line(text, "quiet") for text in texts]


def trouble(words: str) -> list[Row]:
    """Return an error's message, with what it quotes in one piece, so that a caret stays below what it points at."""
    first, *rest = lines_of(words)
    return [line(first, "failed"), *(Row(text=((text, "plain"),), cut=text.startswith(" ")) for text in rest)]


def left_out(names: Iterable[str]) -> list[Row]:
    """Return which files were not compared."""
    named = ", ".join(names)
    return [line(f"Not compared, for they are large or no text: {named}", "quiet")] if named else []


def footer(keys: Iterable[str]) -> Row:
    """Return the line of keys that do something now."""
    return Row(text=tuple(_spans(keys)), cut=True)


def _spans(keys: Iterable[str]) -> Iterator[Span]:
    for number, key in enumerate(keys):
        yield (_GAP if number else "") + key, "strong"
        yield f" {KEYS[key]}", "quiet"
