"""Render a Report as one HTML page that needs nothing from outside: no script, no font, no picture, no network.

What a browser gets is laid out in `report.html.jinja` and drawn by `report.css`; see `layout`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint.report import Style
from checkpoint.report.layout import SHEET, TEXT_CHARACTERS, layout
from checkpoint.report.prose import bounded, headline
from checkpoint.report.rows import UNICODE, lines_of
from checkpoint.report.values import alone, differing, windows
from checkpoint.report.words import (
    CAUSES,
    STATUSES,
    caveats,
    explained,
    is_kept_back,
    isolation_line,
    points,
    score_line,
    seconds,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import CheckResult, Feedback, Frame, Location, Report, Status
    from checkpoint.report.values import Value

_LAYOUT = Path(__file__).with_name("report.html.jinja")
# Shown of each, as of each text.
_LINE_CHARACTERS = 400
_NAME_CHARACTERS = 200
_VALUE_CHARACTERS = 50_000  # looked through for the first difference
_OUTPUT_CHARACTERS = 8000
_OUTPUT_LINES = 40
_EXCERPT_LINES = 30
_FRAMES = 12
_ITEMS = 50  # hints, notes

_LABELS: dict[Status, str] = {
    "passed": "Passed",
    "failed": "Not passed",
    "blocked": "Waiting",
    "undecided": "Undecided",
    "error": "Not run",
}
_WORDS = re.compile(r"\w+|\W")

# Lines of a value, and whether they are what differs.
Part = tuple[list[str], bool]


def render(report: Report, style: Style = Style()) -> str:  # noqa: B008  # frozen
    """Return the page; of the style only `hints` counts, which opens them all."""
    numbers = {id(check): number for number, check in enumerate(report.checks, start=1)}
    return layout(_LAYOUT, SHEET).draw(
        report=report,
        score_line=score_line(report),
        caveats=caveats(report),
        cause=CAUSES[report.cause] if report.cause else None,
        explained=[(numbers[id(one)], one, same and (numbers[id(same)], same)) for one, same in explained(report)],
        notes=report.notes[:_ITEMS],
        unsaid_notes=len(report.notes[_ITEMS:]),
        isolation=isolation_line(report),
        took=seconds(report.duration_ms),
        style=style,
        labels=_LABELS,
        marks=UNICODE.marks,
        points=points,
        is_kept_back=is_kept_back,
        most=_ITEMS,
        headline=headline,
        code=_code,
        short=_short,
        message=_message,
        values=_values,
        frames=_frames,
        excerpt=_excerpt,
        printed=_printed,
    )


def _message(check: CheckResult) -> list[str]:
    """Return what happened, in lines; those behind the first may be a value's, not ours."""
    message = check.feedback.message[:TEXT_CHARACTERS].strip() if check.feedback else ""
    lines = lines_of(message or STATUSES[check.status])
    if check.feedback and len(check.feedback.message) > TEXT_CHARACTERS:
        lines[-1] += UNICODE.ellipsis
    return lines


def _values(feedback: Feedback) -> list[tuple[str, list[Part], str]]:
    """Return expected and actual, as far as they are known: a label, the value, a remark on its kind."""
    expected, actual = feedback.expected, feedback.actual
    wanted, got = windows((expected or "")[:_VALUE_CHARACTERS], (actual or "")[:_VALUE_CHARACTERS], UNICODE.ellipsis)
    if expected is None or actual is None:
        one = ("Expected", alone(wanted)) if actual is None else ("Actual", alone(got))
        return [] if expected is actual else [(one[0], [(lines_of(one[1].text), False)], one[1].remark)]
    pair = differing(wanted, got, space=UNICODE.space)
    return [
        ("Expected", _parts(pair[0], pair[1]), pair[0].remark),
        ("Actual", _parts(pair[1], pair[0]), pair[1].remark),
    ]


def _parts(value: Value, other: Value) -> list[Part]:
    """Return a value in up to three parts, the words of it that the other has not marked as different."""
    words, others = (_WORDS.findall("\n".join(lines_of(text))) for text in (value.text, other.text))
    before = _shared(words, others)
    after = _shared(words[before:][::-1], others[before:][::-1])
    if before + after == 0 or words == others:
        return [(lines_of(value.text), False)]  # all or nothing differs: no mark would show where
    parts = (words[:before], words[before : len(words) - after], words[len(words) - after :])
    return [("".join(part).split("\n"), number == 1) for number, part in enumerate(parts) if part]


def _shared(words: list[str], others: list[str]) -> int:
    """Return how many words both begin with."""
    pairs = enumerate(zip(words, others, strict=False))
    return next((number for number, (one, other) in pairs if one != other), min(len(words), len(others)))


def _frames(feedback: Feedback) -> tuple[tuple[Frame, ...], int, tuple[Frame, ...]]:
    """Return the way to the place when there was one: its beginning, how much is left out, and its end."""
    frames = feedback.traceback
    if len(frames) == 1 and feedback.location is not None:
        return (), 0, ()
    if len(frames) <= _FRAMES:
        return frames, 0, ()
    return frames[:2], len(frames) - _FRAMES, frames[2 - _FRAMES :]


def _excerpt(location: Location) -> Iterator[tuple[int, str, bool]]:
    """Yield the lines around a place: number, text, and whether it is to blame."""
    before = sum(number < location.line for number, _ in location.excerpt)
    start = max(min(before - 2, len(location.excerpt) - _EXCERPT_LINES), 0)
    for number, text in location.excerpt[start : start + _EXCERPT_LINES]:
        blamed = location.line <= number <= max(location.end_line, location.line)
        yield number, _code(text), blamed


def _code(text: str) -> str:
    """Return a line of code, no longer than anybody reads."""
    return bounded(text[: _LINE_CHARACTERS + 1].rstrip("\r\n").expandtabs(4), _LINE_CHARACTERS)


def _short(name: str) -> str:
    """Return the name of a file or function, no longer than one is."""
    return bounded(name, _NAME_CHARACTERS)


def _printed(output: str) -> tuple[int, list[str]]:
    """Return the last lines of what the app printed, behind the number of those left out."""
    if not output.strip():
        return 0, []
    lines = lines_of(output[-_OUTPUT_CHARACTERS:])[-_OUTPUT_LINES:]
    total = output.count("\n") + (not output.endswith("\n"))
    return total - len(lines), [bounded(line, _LINE_CHARACTERS) for line in lines]
