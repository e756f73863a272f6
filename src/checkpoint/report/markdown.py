"""Write a Report as GitHub-flavoured Markdown: for a job's summary, a comment on a merge request, a page of a course.

Nothing that a learner or their app wrote may become markup, mention anyone or link anywhere, on GitHub or GitLab. Words
in which such a service could see more than words are put into code spans, and all longer text into code blocks: neither
is looked into (GitHub Flavored Markdown Spec, 6.3 and 4.5).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from checkpoint.report.prose import bounded, headline, printed, prose
from checkpoint.report.rows import UNICODE, lines_of
from checkpoint.report.visible import visible
from checkpoint.report.words import (
    CAUSES,
    caveats,
    decided,
    explained,
    is_kept_back,
    isolation_line,
    points,
    score_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checkpoint.model import CheckResult, Report
    from checkpoint.report import Style

# GitHub refuses a step's summary of more than 1 MiB; these add up to less.
_SECTIONS_BYTES = 200_000
_TABLE_BYTES = 100_000
_NOTES_BYTES = 50_000
_TITLE_CHARACTERS = 200
_LINE_CHARACTERS = 2000
_PRINTED_CHARACTERS = 4000
_TOO_LONG = "The rest is left out: this report would be too long."

_PIECES = re.compile(r"(?<!`)`(?P<code>[^`]+)`(?!`)|[^\s`]+|`+|(?P<space>\s+)")
_LIVE = re.compile(
    r"[`*_\[\]{}<>&#@$~^\\|]"  # markup, HTML, mentions and references
    r"|://|www\."  # links without markup
    r"|:(?=[\w+-])|[!%](?=[\w\"])"  # emoji by name, GitLab's merge requests and milestones
    r"|(?<!\w)[0-9a-f]{7,40}(?!\w)|\w-\d",  # commits and tickets
    re.IGNORECASE,
)
_BLOCK = re.compile(r"[-+=:/]|\d+[.)]$|[^\w\"'(]+$")  # at the beginning of a line: lists, rules, tables, quick actions
_OPERATOR = re.compile(r"[-+*/%=<>!|&]{1,3}")
_PUNCTUATION = ".,;:!?"  # may stay outside of a code span that it ends


def render(report: Report, style: Style) -> str:
    """Return the report as Markdown."""
    blocks = [
        f"## {inline(report.checkpoint_title, _TITLE_CHARACTERS)}: {_path(report)}",
        *_result(report),
        _table(report),
        *_within(_sections(report, style), _SECTIONS_BYTES, _TOO_LONG),
        *_loading(report),
        *_within((f"**Note:** {inline(note)}" for note in report.notes), _NOTES_BYTES, _TOO_LONG),
        *_closing(report),
    ]
    return "\n\n".join(blocks) + "\n"


def inline(text: str, most: int = _LINE_CHARACTERS) -> str:
    """Return text of at most so many characters as Markdown that shows it, and is nothing but words and code spans."""
    shown: list[str] = []
    pieces = list(_PIECES.finditer(_line(text, most)))
    while pieces:
        piece = pieces.pop(0)
        word = piece["code"] or piece[0]
        if piece["space"]:
            shown.append(" ")
        elif piece["code"] or _LIVE.search(word) or (not shown and _BLOCK.match(word)):
            if shown and shown[-1].endswith("`"):
                shown.append(" ")  # two code spans side by side would be one
            while not piece["code"] and _goes_on(word, pieces):
                word += f" {pieces[1][0]}"
                del pieces[:2]
            body = word if piece["code"] else word.rstrip(_PUNCTUATION)
            shown += [part for part in (code(body), word[len(body) :]) if part]
        else:
            shown.append(word)
    return "".join(shown)


def _goes_on(word: str, pieces: list[re.Match[str]]) -> bool:
    """Say whether the next word is of the same expression: a bracket is open, or an operator stands between."""
    if len(pieces) < 2 or not pieces[0]["space"] or pieces[1]["code"] or "`" in pieces[1][0]:
        return False
    is_open = any(word.count(one) > word.count(other) for one, other in ("()", "[]", "{}"))
    return is_open or any(map(_OPERATOR.fullmatch, (pieces[1][0], word.rpartition(" ")[2])))


def _line(text: str, most: int) -> str:
    """Return text on one line, safe to show, of at most so many characters; what is cut ends in an ellipsis."""
    text = text.strip()
    safe = visible(text[: most + 1])
    return safe if len(safe) <= most else safe[: most - 1] + UNICODE.ellipsis


def code(text: str) -> str:
    """Return one line of safe text as a code span."""
    if not text:
        return ""
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text[0] in " `" or text[-1] in " `" else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def fenced(text: str) -> str:
    """Return safe text of any number of lines as a code block."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}text\n{text}\n{fence}"


def folded(summary: str, block: str) -> str:
    """Return a block that opens when its summary, which is words of ours, is clicked."""
    return f"<details><summary>{summary}</summary>\n\n{block}\n\n</details>"


def _longest_run(text: str) -> int:
    """Return how many backticks stand in a row at most."""
    return max(map(len, re.findall("`+", text)), default=0)


def _within(blocks: Iterable[str], most_bytes: int, left_out: str) -> Iterator[str]:
    """Yield blocks as long as there is room, and `left_out` when there is none for the rest."""
    for block in blocks:
        most_bytes -= len(block.encode()) + 2
        if most_bytes < 0:
            yield left_out
            return
        yield block


def _path(report: Report) -> str:
    """Return what was graded."""
    return code(_line(report.submission_path, _TITLE_CHARACTERS))


def _result(report: Report) -> Iterator[str]:
    """Yield the score and what must be known about it."""
    yield f"**{UNICODE.marks['passed' if report.passed else 'failed']}** {inline(score_line(report))}"
    if report.cause in CAUSES:
        yield f"The app {CAUSES[report.cause]}."
    yield from map(inline, caveats(report))


def _table(report: Report) -> str:
    """Return the table of all checks."""
    rows = (f"| {' | '.join(_cells(check, report))} |" for check in report.checks)
    shown = _within(rows, _TABLE_BYTES, f"| {UNICODE.ellipsis} | {_TOO_LONG} | |")
    return "\n".join(["| | Check | Points |", "| --- | --- | ---: |", *shown])


def _cells(check: CheckResult, report: Report) -> tuple[str, str, str]:
    """Return what stands in a check's row."""
    title = _cell(check.title, _TITLE_CHARACTERS)
    if is_kept_back(check):
        title += " (hidden)"
    elif check.outcome == "blocked":
        title += f" ({_cell(headline(check, report), _TITLE_CHARACTERS)})"
    elif check.decision:
        title += " (decided)"
    return f"{UNICODE.marks[check.outcome]} {check.outcome}", title, points(check, report)


def _cell(text: str, most: int) -> str:
    """Return text for a table's cell, in which a bar would end it even within code (GFM spec, 4.10)."""
    return re.sub(r"\\(?=\|)", r"\\ ", inline(text, most)).replace("|", r"\|")


def _sections(report: Report, style: Style) -> Iterator[str]:
    """Yield a section for each check that needs words; the same feedback is told once."""
    for check, same in explained(report):
        title = inline(check.title, _TITLE_CHARACTERS)
        yield f"### {UNICODE.marks[check.outcome]} {title} ({inline(check.id, _TITLE_CHARACTERS)})"
        if same is not None:
            yield f"The same as for {inline(same.title, _TITLE_CHARACTERS)}, above."
        else:
            yield from _section(check, report, style)


def _section(check: CheckResult, report: Report, style: Style) -> Iterator[str]:
    """Yield what there is to say of a check: its message, then values, places and output as code, then its hints."""
    if check.decision:
        yield inline(decided(check.decision))
    message, *blocks = prose(replace(check, hints=(), decision=None), report, style).split("\n\n")
    first, *rest = message.split("\n")
    yield inline(first)
    if rest:
        yield fenced("\n".join(rest))
    yield from (fenced(block) for block in blocks if block.strip())
    for number, hint in enumerate(check.hints, start=1):
        yield folded(f"Hint {number} of {len(check.hints)}" if len(check.hints) > 1 else "Hint", _hint(hint))


def _hint(hint: str) -> str:
    """Return a hint: one line as text, more of them as code."""
    lines = lines_of(bounded(hint.strip("\r\n"), _LINE_CHARACTERS))
    return inline(hint) if len(lines) == 1 else fenced("\n".join(map(visible, lines)))


def _loading(report: Report) -> Iterator[str]:
    """Yield what the app printed before any check, where that may help."""
    if explained(report) and (loading := printed(report.output, _PRINTED_CHARACTERS)):
        yield folded("What the app printed while loading", fenced(loading))


def _closing(report: Report) -> Iterator[str]:
    """Yield the way on, and how well the app was kept from the machine."""
    if report.up_next and report.passed and report.only is None:
        yield f"**Next:** {inline(report.up_next)}"
    yield inline(isolation_line(report))
