"""Put one check into plain lines of text, for formats whose reader lays out nothing: the terminal's words, undrawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checkpoint.report import Style
from checkpoint.report.explain import body
from checkpoint.report.rows import UNICODE, lines_of
from checkpoint.report.visible import escaped, visible
from checkpoint.report.words import STATUSES, decided, is_kept_back, waits_for

if TYPE_CHECKING:
    from checkpoint.model import CheckResult, Report

MESSAGE_CHARACTERS = 500
_MOST = 10_000  # characters of one check: readers cut what is longer, or refuse it
_MOST_OF_A_LINE = 2000
_GROUP = re.compile(r"^[-+~^](?=([-+~^])\1 )")
CUT = " (cut short)"


def headline(check: CheckResult, report: Report) -> str:
    """Return what became of a check in one line."""
    if check.decision:
        line = lines_of(decided(check.decision)[:_MOST])[0]
    elif check.status == "blocked":
        waiting = waits_for(check, report)
        line = f"Waits for: {waiting}" if waiting else STATUSES["blocked"]
    else:
        message = check.feedback.message[:_MOST].strip() if check.feedback else ""
        line = lines_of(message or STATUSES[check.status])[0]
    return _ungrouped(one_line(line))


def prose(check: CheckResult, report: Report, style: Style = Style()) -> str:  # noqa: B008  # frozen
    """Return all there is to say of a check: what happened, where, and what to try; "" when it passed by itself.

    Lines are separated by a newline, without one at the end; none holds anything that could act on its reader.
    """
    if check.outcome == "passed" and not check.decision:
        return ""
    if check.outcome == "blocked" or is_kept_back(check):
        return headline(check, report)
    lines = []
    for row in body(check, style, UNICODE):
        spans = [bounded(text, _MOST_OF_A_LINE) for text, _ in (*row.lead, *row.text)]
        lines.append(_ungrouped("".join(map(visible, spans)).removeprefix("  ").rstrip(" ")))
    return bounded("\n".join(lines), _MOST)


def one_line(text: str, most: int = MESSAGE_CHARACTERS) -> str:
    """Return a text on one line, safe to show, in at most so many characters."""
    return bounded(visible(text[: most + 1]), most)


def bounded(text: str, most: int) -> str:
    """Return a text of at most so many characters; one that is cut short says so."""
    return text if len(text) <= most else text[: most - len(CUT)] + CUT


def printed(text: str, most: int) -> str:
    """Return the end of what an app printed, made visible line by line, in at most so many characters."""
    tail = text[-most:]
    return bounded("\n".join(_ungrouped(visible(line)) for line in lines_of(tail)), most) if tail.strip() else ""


def _ungrouped(line: str) -> str:
    """Return a line that groups nothing in Buildkite's log, which takes the very beginning of one for that."""
    return _GROUP.sub(lambda found: escaped(found[0]), line)
