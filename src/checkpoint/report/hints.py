"""Draw the hints of one check: those taken before, and one more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkpoint.report import Style
from checkpoint.report.rows import EMPTY, Row, line
from checkpoint.report.steps import steps
from checkpoint.report.terminal import page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.report.steps import Step


@dataclass(frozen=True, slots=True)
class Hints:
    """Hold the hints to show of a check, the last one being the new one if `new`; there are `of` in all.

    `steps` are commands, each with the words before it; `note` is what else there is to know.
    """

    id: str
    title: str
    shown: tuple[str, ...]
    of: int
    new: bool
    steps: tuple[Step, ...] = ()
    note: str = ""


def render(hints: Hints, style: Style = Style()) -> str:  # noqa: B008  # frozen
    """Return the page as text for a terminal."""
    return page(_rows(hints), style) + steps(hints.steps, style)


def _rows(hints: Hints) -> Iterator[Row]:
    yield Row(text=((hints.id, "failed"), (f"  {hints.title}", "strong")))
    yield EMPTY
    for number, hint in enumerate(hints.shown, 1):
        is_new = hints.new and number == len(hints.shown)
        label = f"hint {number} of {hints.of}: "
        yield Row(lead=((label, "place" if is_new else "quiet"),), text=((hint, "plain" if is_new else "quiet"),))
    if hints.shown:
        yield EMPTY
    if not hints.of:
        yield line("This check has no hints.")
    elif not hints.new:
        yield line("These are all the hints there are.")
    if hints.note:
        yield from [line(hints.note, "quiet"), EMPTY]
