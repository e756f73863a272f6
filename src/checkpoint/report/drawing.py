"""Compose the page that a learner reads: the list of checks, what needs words, and the score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.report.explain import explain, printed
from checkpoint.report.rows import ASCII, EMPTY, UNICODE, Row, line
from checkpoint.report.words import (
    CAUSES,
    caveats,
    counted,
    explained,
    is_kept_back,
    isolation_line,
    points,
    score_line,
    seconds,
    waits_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import CheckResult, Report
    from checkpoint.report import Style
    from checkpoint.report.rows import Glyphs, Role

_BAR_CELLS = 20


def draw(report: Report, style: Style) -> Iterator[Row]:
    """Yield the rows of the whole page, from top to bottom."""
    glyphs = UNICODE if style.unicode else ASCII
    if style.verbosity < 0:
        yield _score(report)
        return
    yield from _header(report)
    for check in report.checks:
        yield _outcome(check, report, style, glyphs)
    blocks = explained(report)
    for check, same in blocks:
        yield from explain(check, style, glyphs, same)
    if style.verbosity > 0 or blocks:
        loading = list(printed("while loading, the app printed:", report.output, style, glyphs))
        yield from [EMPTY, *loading] if loading else []
    yield from _notes(report)
    yield from _closing(report, style, glyphs)
    yield from _small_print(report, style)


def _header(report: Report) -> Iterator[Row]:
    """Yield what was graded, and what happened to the app as a whole."""
    yield Row(text=((report.checkpoint_title, "strong"), (f"  {report.submission_path}", "quiet")))
    if report.cause in CAUSES:
        yield line(f"The app {CAUSES[report.cause]}.", "failed")
    yield EMPTY


def _outcome(check: CheckResult, report: Report, style: Style, glyphs: Glyphs) -> Row:
    """Return the one line of a check."""
    waiting = waits_for(check, report) if check.outcome == "blocked" else ""
    beside = " (hidden)" if is_kept_back(check) else f" (after: {waiting})" if waiting else ""
    beside = beside or (" (decided)" if check.decision else "")
    role: Role = "quiet" if check.outcome == "blocked" else "plain"
    right = points(check, report)
    if style.verbosity > 0 and check.outcome != "blocked":
        right = f"{seconds(check.duration_ms):>7}  {right}"
    return Row(
        lead=((f"{glyphs.marks[check.outcome]} ", check.outcome),),
        text=((check.title, role), (beside, "quiet")),
        right=(right, "quiet" if check.outcome == "blocked" else check.outcome),
    )


def _notes(report: Report) -> Iterator[Row]:
    """Yield the notes, if there are any."""
    if report.notes:
        yield EMPTY
    for note in report.notes:
        yield Row(lead=(("note: ", "place"),), text=((note, "plain"),))


def _closing(report: Report, style: Style, glyphs: Glyphs) -> Iterator[Row]:
    """Yield the score, what must be known about it, and the way on."""
    yield EMPTY
    yield _bar(report, glyphs)
    yield _score(report)
    for caveat in caveats(report):
        yield line(caveat)
    more = sum(max(len(check.hints) - 1, 0) for check, _ in explained(report))
    if more and not style.hints:
        yield line(f"Add --hints to see {counted(more, 'more hint')}.", "quiet")
    if report.up_next and report.passed and report.only is None:
        yield Row(lead=(("Next: ", "strong"),), text=((report.up_next, "plain"),))


def _score(report: Report) -> Row:
    """Return the score line."""
    return line(score_line(report), "passed" if report.passed else "strong")


def _bar(report: Report, glyphs: Glyphs) -> Row:
    """Return the share of the points as a bar, full only when all of them are earned."""
    score = report.score
    share = score.earned / score.possible if score.possible > 0 else 0.0
    done = max(0, min(_BAR_CELLS, int(share * _BAR_CELLS)))
    return Row(text=((glyphs.done * done, "passed"), (glyphs.left * (_BAR_CELLS - done), "quiet")))


def _small_print(report: Report, style: Style) -> Iterator[Row]:
    """Yield how the run was made: the wall, and with -v what repeats the run."""
    yield line(isolation_line(report), "quiet")
    if style.verbosity > 0:
        versions = ", ".join(f"{name} {version}" for name, version in sorted(report.versions.items()))
        run = f"seed {report.seed}, sha256 {report.submission_sha256[:12]}, {seconds(report.duration_ms)}"
        yield line(run, "quiet")
        yield line(versions, "quiet")
