"""Render a Proof for a terminal: what does not hold first and last, and in between which check notices what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.report.rows import ASCII, EMPTY, UNICODE, Row, line, quoted
from checkpoint.report.terminal import page
from checkpoint.report.words import counted, seconds
from checkpoint.verify.shown.words import CELLS, MEANS, RULES, VERDICTS, around, notices, tried, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checkpoint.model import Status
    from checkpoint.report import Style
    from checkpoint.report.rows import Glyphs, Role, Span
    from checkpoint.verify.proof import Finding, Proof, Trial, Verdict

NAME_CELLS = 10  # the least that a mutant's name needs
NAME_COMFORT = 36  # before columns are set further apart
LINE_CELLS = 6  # for the mark, the line's number and a space
LEGEND: tuple[Status, ...] = ("failed", "passed", "blocked", "undecided")
ROLES: dict[Verdict, Role] = {"killed": "plain", "undecided": "undecided", "survived": "failed", "waived": "quiet"}


def render(proof: Proof, style: Style) -> str:
    """Return the proof as lines of at most `style.width` cells, each with its newline."""
    return page(_rows(proof, style), style)


def _rows(proof: Proof, style: Style) -> Iterator[Row]:
    """Yield the rows of the whole page, from top to bottom."""
    glyphs = UNICODE if style.unicode else ASCII
    if style.verbosity >= 0:
        yield Row(text=((proof.checkpoint_title, "strong"), (f"  {proof.root}", "quiet")))
        for finding in proof.findings:
            yield EMPTY
            yield from _finding(finding, glyphs)
        yield EMPTY
        yield from _matrix(proof, style, glyphs)
        yield from _checks(proof)
        if style.verbosity > 0:
            yield from _more(proof, glyphs)
        yield EMPTY
    for finding in proof.findings:
        yield _in_short(finding, glyphs)
    yield line(f"{tried(proof)} {around(proof)}; {seconds(proof.duration_ms)}, seed {proof.seed}.", "quiet")
    yield line(verdict(proof), "passed" if proof.holds else "failed")


def _finding(finding: Finding, glyphs: Glyphs) -> Iterator[Row]:
    """Yield all there is to say of a finding: which kind, where, what, and the next step."""
    where = f"  {finding.where}" if finding.where else ""
    mark = glyphs.marks["failed"]
    yield Row(lead=((f"{mark} ", "failed"),), text=((RULES[finding.rule], "strong"), (where, "place")))
    yield line(finding.message, indent=2)
    for changed in finding.diff.splitlines()[2:]:  # which file that is stands above
        yield quoted(changed, f"  {glyphs.gutter}")
    if finding.help:
        yield Row(lead=(("  help: ", "quiet"),), text=((finding.help, "plain"),))


def _in_short(finding: Finding, glyphs: Glyphs) -> Row:
    """Return a finding on one line, for whoever sees the end only."""
    place = f"{finding.where}: " if finding.where else ""
    mark = glyphs.marks["failed"]
    text = ((place, "place"), (f"{RULES[finding.rule]}: {finding.message}", "plain"))
    return Row(lead=((f"{mark} ", "failed"),), text=text, cut=True)  # type: ignore[arg-type]


def _matrix(proof: Proof, style: Style, glyphs: Glyphs) -> Iterator[Row]:
    """Yield the matrix: a row for each mutant, a column for each check, side by side as far as there is room."""
    if not proof.trials:
        return
    legend = ", ".join(f"{CELLS[status]} {MEANS[status]}" for status in LEGEND)
    yield Row(text=(("Which check notices which mutant", "strong"), (f": {legend}", "quiet")))
    most = max(style.width - LINE_CELLS - NAME_CELLS, 1)  # columns side by side
    for start in range(0, len(proof.columns), most):
        yield from _table(proof.trials, range(start, min(start + most, len(proof.columns))), style, glyphs)
    yield EMPTY


def _table(trials: Sequence[Trial], columns: range, style: Style, glyphs: Glyphs) -> Iterator[Row]:
    room = style.width - LINE_CELLS
    digits = len(str(columns.stop))
    apart = next((cells for cells in (digits + 1, 2) if room - cells * len(columns) >= NAME_COMFORT), 1)
    longest = max(len(trial.id) for trial in trials) + 1
    name = min(longest, max(room - apart * len(columns), NAME_CELLS))
    for header in _numbers(columns, apart, digits):
        yield Row(text=((" " * (LINE_CELLS + name), "plain"), (header, "quiet")), cut=True)
    for trial in trials:
        mark = "!" if trial.verdict == "survived" else "~" if trial.verdict == "waived" else " "
        shown = trial.id if len(trial.id) < name else trial.id[: name - 1 - len(glyphs.ellipsis)] + glyphs.ellipsis
        cells: list[Span] = [(CELLS[status].rjust(apart), status) for status in (trial.statuses[n] for n in columns)]
        lead: list[Span] = [
            (f"{mark}{trial.line:>{LINE_CELLS - 2}} ", "quiet"),
            (shown.ljust(name), ROLES[trial.verdict]),
        ]
        yield Row(text=(*lead, *((text, _cell(role)) for text, role in cells)), cut=True)


def _cell(status: Role) -> Role:
    """Return how a cell looks: what is noticed stands out, what is not steps back."""
    return status if status in ("failed", "undecided", "error") else "quiet"


def _numbers(columns: range, apart: int, digits: int) -> Iterator[str]:
    """Yield the columns' numbers: on one line if there is room between them, else digit below digit."""
    numbers = [str(number + 1).rjust(digits) for number in columns]
    if apart > digits:
        yield "".join(number.rjust(apart) for number in numbers)
        return
    for place in range(digits):
        yield "".join(number[place].rjust(apart) for number in numbers)


def _checks(proof: Proof) -> Iterator[Row]:
    """Yield the checks by their number in the matrix, with what each of them notices."""
    digits = len(str(len(proof.columns)))
    for number, column in enumerate(proof.columns, 1):
        said = f"  {notices(column)}" if proof.trials else ""
        yield Row(
            lead=((f"{number:>{digits}} ", "quiet"),),
            text=((column.id, "plain"), (said, "quiet")),
        )


def _more(proof: Proof, glyphs: Glyphs) -> Iterator[Row]:
    """Yield what `-v` adds: the mutants that pass or wait for a person, the runs, the slowest, the versions."""
    for trial in proof.trials:
        if trial.verdict in ("waived", "undecided"):
            reason = f": {trial.reason}" if trial.verdict == "waived" else ""
            yield EMPTY
            yield Row(text=((f"{VERDICTS[trial.verdict]}  ", "strong"), (f"{trial.id}{reason}", "plain")))
            yield from (quoted(changed, f"  {glyphs.gutter}") for changed in trial.diff.splitlines()[2:])
    yield EMPTY
    for run in proof.runs:
        order = f", in the order {', '.join(run.order)}" if run.shuffled else ""
        yield line(f"solution and starter with seed {run.seed}{order}", "quiet")
    slowest = sorted(proof.trials, key=lambda trial: -trial.duration_ms)[:3]
    if slowest:
        said = ", ".join(f"{trial.id} {seconds(trial.duration_ms)}" for trial in slowest)
        yield line(f"the slowest of {counted(len(proof.trials), 'mutant')}: {said}", "quiet")
    yield line(", ".join(f"{name} {version}" for name, version in sorted(proof.versions.items())), "quiet")
