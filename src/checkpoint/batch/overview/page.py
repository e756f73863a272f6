"""Render an Overview as one HTML page that needs nothing from outside; it links to the reports beside it.

It is laid out in `overview.html.jinja`, and drawn by the stylesheet of the reports and the little that `overview.css`
adds; see `report.layout`.
"""

from __future__ import annotations

import shlex
from collections import Counter
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from checkpoint.batch.overview.alike import parts
from checkpoint.batch.overview.chart import BOTTOM, TOP, bars, mark
from checkpoint.report.layout import SHEET, layout
from checkpoint.report.prose import bounded
from checkpoint.report.rows import UNICODE, lines_of
from checkpoint.report.visible import visible
from checkpoint.report.words import CAUSES, percent, seconds

if TYPE_CHECKING:
    from checkpoint.batch.overview.figures import Overview, State, Who
    from checkpoint.model import Status

SLICE = 500  # learners that are listed together; of more, each slice is opened by itself
_LAYOUT = Path(__file__).with_name("overview.html.jinja")
_MORE = Path(__file__).with_name("overview.css")
_NAME_CHARACTERS = 120
_FEW = 5  # of those to decide, shown before the others are asked for

_STATUSES: dict[Status, str] = {
    "passed": "passed",
    "failed": "not passed",
    "blocked": "waiting",
    "undecided": "undecided",
    "error": "not run",
}
_STATES: dict[State, str] = {
    "passed": "Passed",
    "failed": "Not passed",
    "undecided": "Undecided",
    "fault": "To be graded again",
    "stopped": "To be graded again",
    "waiting": "Not graded yet",
}


def render(overview: Overview) -> str:
    """Return the page; its links lead to `reports/FILE.html`."""
    return layout(_LAYOUT, SHEET, _MORE).draw(
        overview=overview,
        bars=bars(overview.scores),
        mark=mark,
        top=TOP,
        bottom=BOTTOM,
        slices=[overview.learners[at : at + SLICE] for at in range(0, len(overview.learners), SLICE)],
        statuses=_STATUSES,
        states=_STATES,
        marks=UNICODE.marks,
        causes=CAUSES,
        few_to_decide=_FEW,
        slice=SLICE,
        share=_share,
        whole=_whole,
        number=_number,
        counted=_counted,
        flat=_flat,
        percent=lambda value: _whole(percent(value)),
        seconds=lambda duration_ms: _whole(seconds(duration_ms)),
        clock=_clock,
        link=_link,
        short=_short,
        parts=parts,
        cells=cache(_cells),
        decide=_decide,
    )


def _whole(text: str) -> Markup:
    """Return text that ends in a number and its unit such that no line ends between them."""
    before, _, unit = text.rpartition(" ")
    return Markup("{}&nbsp;{}").format(before, unit)


def _share(part: float, whole: float) -> Markup:
    """Return "81 %": whole percents, and neither 0 nor 100 but for none and all."""
    if not whole or part in (0, whole):
        return _whole("100 %" if part else "0 %")
    return _whole(f"{min(max(round(part * 100 / whole), 1), 99)} %")


def _number(value: float) -> str:
    """Return points or a count as people write them: "14", "2.5", "10,000"."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _counted(number: int, noun: str) -> str:
    """Return "1 submission" or "10,000 submissions"."""
    return f"{_number(number)} {noun}{'' if number == 1 else 's'}"


def _flat(text: str) -> str:
    """Return a message on one line; what its lines say exactly is told in the report."""
    return " ".join(lines_of(text))


def _clock(moment: str) -> str:
    """Return an ISO 8601 time as a person reads it, and what is none as it is."""
    try:
        return f"{datetime.fromisoformat(moment):%Y-%m-%d %H:%M} UTC"
    except ValueError:
        return moment


def _link(who: Who) -> str:
    """Return where a learner's report is; every character of the name is quoted that a URL gives a meaning to."""
    return f"reports/{quote(who.file or '', safe='')}.html"


def _short(name: str) -> str:
    """Return a learner's name, no longer than one is."""
    return bounded(name, _NAME_CHARACTERS)


def _cells(statuses: tuple[Status, ...]) -> tuple[str, list[tuple[Status, str]]]:
    """Return a learner's checks in words, and as symbols, those that are the same side by side together."""
    counts = Counter(statuses)
    words = ", ".join(f"{counts[status]} {said}" for status, said in _STATUSES.items() if counts[status])
    return words, [(status, UNICODE.marks[status] * len(list(run))) for status, run in groupby(statuses)]


def _decide(overview: Overview, who: Who | None = None, check_id: str = "") -> str:
    """Return the command that decides a check, or that lists all there is to decide, to be copied into a shell."""
    names = [overview.out, who.id, check_id] if who else [overview.out]
    options = ' --reason "..."' if who else ""
    what = " ".join(_typed(name) for name in names) + (" passed" if who else "")
    dashed = any(name.startswith("-") for name in names)  # which would be taken for an option
    return f"checkpoint batch decide{options} -- {what}" if dashed else f"checkpoint batch decide {what}{options}"


def _typed(text: str) -> str:
    """Return a word as a shell takes it; what the page could not show as it is becomes bash's and zsh's $'...'."""
    if visible(text) == text:
        return shlex.quote(text)
    plain = text.replace("\\", r"\\").replace("'", r"\'")
    return "$'" + visible(plain, escape=lambda character: rf"\U{ord(character):08x}") + "'"
