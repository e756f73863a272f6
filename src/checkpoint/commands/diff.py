"""Show what has changed since the last attempt, and once passed, what the solution does: `checkpoint diff`."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.commands import keeping, output, recalling, standing, step
from checkpoint.commands.options import of_checkpoint
from checkpoint.errors import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from checkpoint.attempts import Attempts
    from checkpoint.model import Course, Submission
    from checkpoint.past import Past, Try
    from checkpoint.report.diff import Side

EXIT_OK, EXIT_NOT_YET = 0, 1


@click.command(
    epilog="""\b
Examples:
  checkpoint diff              what have I changed since I graded last?
  checkpoint diff work/app.py  the same of another file
  checkpoint diff --solution   once you have passed: what does the course do?

Exit codes: 0 shown, or nothing has changed; 1 not passed yet; 2 wrong usage, or nothing has been graded yet."""
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--solution", is_flag=True, help="Compare with the solution; only once you have passed.")
@of_checkpoint
def diff(path: Path | None, solution: bool, checkpoint: Path | None) -> int:
    """Show what has changed since the last attempt.

    PATH is what you grade; without it, it is the app.py here, else what you graded last, else the starter.
    """
    if path is not None:
        intake.kind_of(path)  # a slip in the path is told before all else
    with output.authors_words():
        course = courses.choose(checkpoint, path)
    with keeping.opened() as history:
        past = recalling.past(history, course)
        now = intake.take(path or Path(step.shown(step.work(course, past))), course.checkpoint.limits)
        if past.passed is None and (solution or _shows_solution(course, Path(now.path))):
            return _not_yet(course, past)
        if solution:
            return _with_solution(course, now)
        return _since_last(course, past, now, history)


def _since_last(course: Course, past: Past, now: Submission, history: Attempts) -> int:
    """Print what has changed since the last attempt at these files, or else the last attempt of all."""
    from checkpoint.report.diff import Side

    last = _last(past, now)
    if last is None:
        grade = step.of_work(course, "grade", Path(now.path))
        raise WrongUsage("nothing has been graded yet, so there is nothing to compare with", help=f"first: {grade}")
    said = f"attempt {last.number}, {last.when:%Y-%m-%d %H:%M}, {last.earned} of {last.possible}"
    if last.content == now.sha256:
        output.write(f"Nothing has changed since {said}.\n", drawn=True)
        return EXIT_OK
    kept = history.texts(last.content)
    if kept is None:
        raise WrongUsage("it is not known any more what was graded then", where=said, help="grade once more")
    before, after = Side(_named(kept, last.main, now), said), Side(_named(keeping.texts(now), now.main, now), "now")
    left_out: list[tuple[str, Iterable[str]]] = []
    if last.path != _absolute(now):  # of a folder more is graded than of a file in it
        both = before.texts.keys() & after.texts.keys()
        left_out = [
            (f"Only in attempt {last.number}", before.texts.keys() - both),
            ("Only now", after.texts.keys() - both),
        ]
        before, after = _of(both, before), _of(both, after)
    _write(before, after, left_out, "Nothing has changed in what both have.")
    return EXIT_OK


def _absolute(now: Submission) -> str:
    return os.path.abspath(now.path)  # noqa: PTH100 - links stay as they were typed


def _last(past: Past, now: Submission) -> Try | None:
    same = (one for one in reversed(past.tries) if one.path == _absolute(now))
    return next(same, None) or (past.tries[-1] if past.tries else None)


def _named(texts: dict[str, str | None], main: str, now: Submission) -> dict[str, str | None]:
    """Return texts by the names that one would type from here; `main`, the app's own file, may be called otherwise."""
    return {now.shown(now.main if name == main else name): text for name, text in texts.items()}


def _of(names: Set[str], side: Side) -> Side:
    """Return no more than these files of a side."""
    return replace(side, texts={name: text for name, text in side.texts.items() if name in names})


def _shows_solution(course: Course, path: Path) -> bool:
    """Say whether the solution lies there, or somewhere below."""
    below = os.path.realpath(course.solution).startswith(os.path.join(os.path.realpath(path), ""))  # noqa: PTH118
    return below or keeping.is_reference(course, path)


def _not_yet(course: Course, past: Past) -> int:
    """Say what leads to seeing the solution."""
    last = past.last
    how_far = f"your last attempt has {last.earned} of {last.possible} points" if last else "nothing is graded yet"
    if past.outdated:
        how_far = "you have passed an earlier state of this checkpoint, and it has changed since"
    output.say(f"the solution is shown once you have passed; {how_far}\n{standing.next_in_words(course, past)}")
    return EXIT_NOT_YET


def _with_solution(course: Course, now: Submission) -> int:
    """Print how the solution differs."""
    from checkpoint.report.diff import Side

    reference = intake.take(course.solution, course.checkpoint.limits)
    yours = Side(_named(keeping.texts(now), now.main, now), "yours")
    theirs = Side(_named(keeping.texts(reference), reference.main, now), "the solution")
    only = yours.texts.keys() - theirs.texts.keys()
    same = "Yours and the solution are the same, to the letter."
    _write(_of(theirs.texts.keys(), yours), theirs, [("Only in yours", only)], same)
    return EXIT_OK


def _write(old: Side, new: Side, left_out: list[tuple[str, Iterable[str]]], same: str) -> None:
    """Print a difference, and what it leaves out; `same` is to be said only if there is none and all was compared."""
    from checkpoint.report.diff import ORDERS, PATCH, empty, render, unknown
    from checkpoint.report.visible import visible

    unseen = unknown(old, new)
    for_programs = not sys.stdout.isatty()
    text = render(old, new, output.style(), left="" if courses.in_ci() else PATCH if for_programs else ORDERS)
    told = [("Empty", empty(old, new)), ("Not compared, for they are large or no text", unseen), *left_out]
    notes = [f"{words}: {visible(', '.join(sorted(names)))}\n" for words, names in told if names]
    if not text and not unseen and not empty(old, new):
        text = f"{same}\n"
    output.write("".join([text, *notes]), drawn=True)
