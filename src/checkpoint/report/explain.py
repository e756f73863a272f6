"""Explain one check that needs words: what happened, where, and what to try next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checkpoint.model import Feedback
from checkpoint.report.rows import EMPTY, Row, line, lines_of, paragraphs, quoted
from checkpoint.report.values import alone, differing, windows
from checkpoint.report.words import CAUSES, STATUSES, decided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import CheckResult, Frame, Location
    from checkpoint.report import Style
    from checkpoint.report.rows import Glyphs, Role
    from checkpoint.report.values import Value

# Shown of each, unless asked for everything.
_MESSAGE_CHARACTERS = 2000
_OUTPUT_LINES = 5
_EXCERPT_LINES = 12
_FRAMES = 6


def explain(check: CheckResult, style: Style, glyphs: Glyphs, same_as: CheckResult | None = None) -> Iterator[Row]:
    """Yield the rows of one check's block, the empty one before it included.

    `same_as` is a check of which the same was told already; that is then all there is to say.
    """
    yield EMPTY
    yield Row(
        lead=((f"{glyphs.marks[check.outcome]} ", check.outcome),),
        text=((check.id, check.outcome), (f"  {check.title}", "strong")),
    )
    if same_as is not None:
        yield line(f"The same as for {same_as.id}, above.", indent=2)
        return
    yield from body(check, style, glyphs)


def body(check: CheckResult, style: Style, glyphs: Glyphs) -> Iterator[Row]:
    """Yield what is below a check's name."""
    feedback = check.feedback or Feedback(STATUSES[check.status])
    if check.decision:
        yield from paragraphs(_short(decided(check.decision), style, glyphs), glyphs.gutter, indent=2)
        yield EMPTY
    yield from _message(check, feedback, style, glyphs)
    for part in (
        _values(feedback, style, glyphs),
        _place(feedback, style, glyphs),
        printed("while this ran, the app printed:", check.output, style, glyphs),
        _hints(check, style),
    ):
        rows = list(part)
        yield from [EMPTY, *rows] if rows else []


def printed(title: str, output: str, style: Style, glyphs: Glyphs) -> Iterator[Row]:
    """Yield what the app printed; its last lines only, unless everything is wanted."""
    if not output.strip():
        return
    lines = lines_of(output)
    hidden = 0 if style.verbosity > 0 else max(len(lines) - _OUTPUT_LINES, 0)
    yield line(title, "quiet", indent=2)
    if hidden:
        yield line(f"{glyphs.ellipsis} {hidden} more above (-v shows all)", "quiet", indent=4)
    for text in lines[hidden:]:
        yield replace(quoted(text, f"    {glyphs.gutter}"), cut=style.verbosity <= 0)


def _message(check: CheckResult, feedback: Feedback, style: Style, glyphs: Glyphs) -> Iterator[Row]:
    """Yield what happened."""
    message = feedback.message.strip() or STATUSES[check.status]
    yield from paragraphs(_short(message, style, glyphs), glyphs.gutter, indent=2)
    if style.verbosity > 0 and check.cause in CAUSES:
        yield line(f"(The app {CAUSES[check.cause]}.)", "quiet", indent=2)


def _short(text: str, style: Style, glyphs: Glyphs) -> str:
    """Return a text that is not too long to be read, unless everything is wanted."""
    whole = style.verbosity > 0 or len(text) <= _MESSAGE_CHARACTERS
    return text if whole else text[:_MESSAGE_CHARACTERS] + glyphs.ellipsis


def _values(feedback: Feedback, style: Style, glyphs: Glyphs) -> Iterator[Row]:
    """Yield expected and actual, one above the other."""
    expected, actual = feedback.expected, feedback.actual
    if style.verbosity <= 0:
        short = windows(expected or "", actual or "", glyphs.ellipsis)
        expected, actual = (None if expected is None else short[0]), (None if actual is None else short[1])
    if expected is not None and actual is not None:
        wanted, got = differing(expected, actual, space=glyphs.space)
        yield from [*_value("expected", wanted), *_value("actual", got)]
    elif expected is not None:
        yield from _value("expected", alone(expected))
    elif actual is not None:
        yield from _value("actual", alone(actual))


def _value(label: str, value: Value) -> Iterator[Row]:
    """Yield one value behind its label; further lines go below the first."""
    role: Role = "passed" if label == "expected" else "failed"
    head, *rest = lines_of(value.text)
    remark = f"  ({value.remark})" if value.remark else ""
    for number, text in enumerate([head, *rest]):
        last = number == len(rest)
        yield Row(
            lead=((f"  {label if number == 0 else '':<10}", "quiet"),),
            text=((text, role), (remark if last else "", "quiet")),
        )


def _place(feedback: Feedback, style: Style, glyphs: Glyphs) -> Iterator[Row]:
    """Yield the way there when there was one, and the blamed lines."""
    frames, location = feedback.traceback, feedback.location
    if len(frames) > 1 or (frames and location is None):
        yield from _frames(frames, style, glyphs)
        if location is not None:
            yield EMPTY
    if location is not None:
        yield from _excerpt(location, style, glyphs)


def _frames(frames: tuple[Frame, ...], style: Style, glyphs: Glyphs) -> Iterator[Row]:
    """Yield the learner's own frames, the innermost last as Python does; the middle of many is left out."""
    hidden = len(frames) - _FRAMES if style.verbosity <= 0 else 0
    shown = frames if hidden <= 0 else (*frames[:2], *frames[2 + hidden :])
    for number, frame in enumerate(shown):
        if hidden > 0 and number == 2:
            yield line(f"{glyphs.ellipsis} {hidden} more calls (-v shows all)", "quiet", indent=2)
        yield Row(
            lead=(("  ", "plain"),),
            text=((f"{frame.file}:{frame.line}", "place"), (f" in {frame.function}", "quiet")),
        )
        if frame.text.strip():
            yield Row(lead=(("      ", "plain"),), text=((frame.text.strip(), "plain"),), cut=True)


def _excerpt(location: Location, style: Style, glyphs: Glyphs) -> Iterator[Row]:
    """Yield the place, in the form that editors and terminals turn into a link, and its lines."""
    yield Row(lead=(("  ", "plain"),), text=((f"{location.file}:{location.line}", "place"),))
    lines = location.excerpt
    if style.verbosity <= 0 and len(lines) > _EXCERPT_LINES:
        before = sum(number < location.line for number, _ in lines)
        start = min(max(before - 2, 0), len(lines) - _EXCERPT_LINES)
        lines = lines[start : start + _EXCERPT_LINES]
    digits = max((len(str(number)) for number, _ in lines), default=0)
    for number, text in lines:
        blamed = location.line <= number <= max(location.end_line, location.line)
        yield Row(
            lead=(
                (f"  {'>' if blamed else ' '} ", "failed"),
                (f"{number:>{digits}} ", "strong" if blamed else "quiet"),
                (f"{glyphs.gutter} ", "quiet"),
            ),
            text=((text.rstrip("\r\n").expandtabs(4), "plain"),),
            cut=True,
        )


def _hints(check: CheckResult, style: Style) -> Iterator[Row]:
    """Yield the first hint, or all of them."""
    total = len(check.hints)
    for number, hint in enumerate(check.hints if style.hints else check.hints[:1], start=1):
        label = f"hint {number} of {total}: " if total > 1 and style.hints else "hint: "
        yield Row(lead=((f"  {label}", "place"),), text=((hint, "plain"),))
