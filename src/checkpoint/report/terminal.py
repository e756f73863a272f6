"""Render a Report for a terminal: give the drawn rows their width and colour, and make them safe.

This is the one place where text becomes output, so here, and nowhere before, everything that the
learner's app wrote is made visible. Of rich only the cell widths are used: the rest of it takes ten
times as long to import.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells, set_cell_size

from checkpoint.report import Style
from checkpoint.report.drawing import draw
from checkpoint.report.rows import ASCII, UNICODE
from checkpoint.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checkpoint.model import Report
    from checkpoint.report.rows import Role, Row, Span

_NARROWEST = 20
_WIDEST = 100  # cells; prose and points are hard to follow over longer lines
_GAP = 2  # cells between a text and what stands at the right edge
_GUTTERS = re.compile(f"[^{UNICODE.gutter}{ASCII.gutter}]")  # all but what quotes a line, also where it goes on
_WORDS = re.compile("(?<! ) *[^ ]+")  # looked for at the first space only: long blanks would take their square

# The eight standard colours and attributes only (ECMA-48 SGR): they are readable on light and dark.
_SGR: dict[Role, str] = {
    "plain": "",
    "strong": "1",
    "quiet": "2",
    "place": "36",
    "passed": "32",
    "failed": "31",
    "blocked": "2",
    "undecided": "33",
    "error": "35",
}


def render(report: Report, style: Style = Style()) -> str:  # noqa: B008  # frozen
    """Return the report as lines of at most `style.width` cells, each with its newline."""
    return page(draw(report, style), style)


def page(rows: Iterable[Row], style: Style) -> str:
    """Return rows as lines of at most `style.width` cells, each with its newline."""
    return "".join(painted(line, style) + "\n" for row in rows for line in fitted(row, style))


def fitted(row: Row, style: Style) -> Iterator[list[Span]]:
    """Yield the row's lines, each a list of safe spans that fits the width."""
    width = max(style.width, _NARROWEST)
    lead, text = _safe(row.lead, style), _safe(row.text, style)
    if row.cut:
        yield _cut([*lead, *text], width, (UNICODE if style.unicode else ASCII).ellipsis)
        return
    width = min(width, _WIDEST)
    (right,) = _safe([row.right], style)
    beside = cell_len(right[0]) + _GAP if right[0] else 0
    below = beside > width // 2
    lines = list(_wrapped(lead, text, width if below else width - beside))
    for number, line in enumerate(lines):
        yield line if below or number else _with_right(line, right, width)
    if below:
        yield _with_right([], right, width)


def _safe(spans: Iterable[Span], style: Style) -> list[Span]:
    """Return the spans with everything in them made visible."""
    return [(visible(text, unicode=style.unicode), role) for text, role in spans]


def painted(line: list[Span], style: Style) -> str:
    """Return a line of safe spans as text, with ANSI codes if wanted and without spaces at its end."""
    last = next((number for number in reversed(range(len(line))) if line[number][0].strip()), -1)
    spans = line[: last + 1]
    if spans:
        spans[-1] = (spans[-1][0].rstrip(" "), spans[-1][1])
    return "".join(colored(span, style) for span in spans)


def colored(span: Span, style: Style) -> str:
    """Return the text of a safe span, between its ANSI codes and the one that ends them if wanted."""
    text, role = span
    codes = _SGR[role] if style.color else ""
    return f"\x1b[{codes}m{text}\x1b[0m" if text and codes else text


def _with_right(line: list[Span], right: Span, width: int) -> list[Span]:
    """Return a line with `right` put at its right edge."""
    if not right[0]:
        return line
    text = set_cell_size(right[0], min(cell_len(right[0]), width))
    room = width - sum(cell_len(part) for part, _ in line) - cell_len(text)
    return [*line, (" " * room, "plain"), (text, right[1])]


def _cut(spans: list[Span], width: int, ellipsis: str) -> list[Span]:
    """Return the spans on one line; what is too long ends in an ellipsis."""
    kept: list[Span] = []
    room = width
    for number, (text, role) in enumerate(spans):
        # The ellipsis needs its place only if something does not fit.
        if cell_len(text) > room or (cell_len(text) == room and any(more for more, _ in spans[number + 1 :])):
            head = (chop_cells(text, max(room - len(ellipsis), 1)) or [""])[0]
            return [*kept, (head, role), (ellipsis, "quiet")]
        kept.append((text, role))
        room -= cell_len(text)
    return kept


def _wrapped(lead: list[Span], text: list[Span], width: int) -> Iterator[list[Span]]:
    """Yield the lines of lead and text; from the second on they begin below the text."""
    label = "".join(part for part, _ in lead)
    # Without a label, it goes on two cells in: at the very edge begin only lines in which we speak ourselves.
    below = _GUTTERS.sub(" ", label) if lead else "  "
    if len(below) > width // 3:
        below = " " * (len(label) - len(label.lstrip(" ")) + 2)  # a long label would leave a thin column
    spans = [*lead, *text]
    whole = "".join(part for part, _ in spans)
    for number, (start, end) in enumerate(_breaks(whole, width, width - len(below))):
        indent: list[Span] = [(below, "quiet")] if number else []
        yield [*indent, *_between(spans, start, end)]


def _breaks(text: str, first: int, rest: int) -> Iterator[tuple[int, int]]:
    """Yield where each line begins and ends in `text`; the first has other room than the rest."""
    start = end = used = 0
    room = first
    for match in _WORDS.finditer(text):
        word = match[0].lstrip(" ")
        gap = len(match[0]) - len(word)
        if used + cell_len(match[0]) <= room:
            end, used = match.end(), used + cell_len(match[0])
            continue
        at = match.start() + gap
        if not text[start:end].strip() and gap > room // 2:
            start, gap = at, 0  # so much indentation would leave a thin column
        elif text[start:end].strip() and (cell_len(word) <= rest or used + gap > room // 2):
            yield start, end
            start, used, gap, room = at, 0, 0, rest
        # Else the word fits on no line at all, or is the first: it begins here and goes on below.
        pieces = _folded(word, room - used - gap, rest)
        for piece in pieces[:-1]:
            at += len(piece)
            yield start, at
            start, used, gap, room = at, 0, 0, rest
        end, used = match.end(), used + gap + cell_len(pieces[-1])
    yield start, end


def _folded(word: str, first: int, rest: int) -> list[str]:
    """Return a word in pieces that fit, of which none begins with `::`; most words are one."""
    pieces: list[str] = []
    room = first
    while True:
        # A cell holds a character and at most three marks: more of the word need not be looked at.
        head = chop_cells(word[: 4 * room + 1], room)[0]
        if len(head) == len(word):
            return [*pieces, word]
        if word.startswith("::", len(head)):
            head = head[:-1]  # to a CI service a line that begins so may be an order (see `visible`)
        pieces.append(head)
        word, room = word[len(head) :], rest


def _between(spans: list[Span], start: int, end: int) -> list[Span]:
    """Return the part of the spans from one place in their joined text to another."""
    parts: list[Span] = []
    at = 0
    for text, role in spans:
        part = text[max(start - at, 0) : max(end - at, 0)]
        if part:
            parts.append((part, role))
        at += len(text)
    return parts
