"""Show what has changed since the last attempt, and once passed, what the solution does: `checkpoint diff`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.commands import keeping, output, recalling, step
from checkpoint.commands.standing import style
from checkpoint.errors import WrongUsage

if TYPE_CHECKING:
    from checkpoint.attempts import Attempts
    from checkpoint.model import Course, Submission
    from checkpoint.report.past import Past, Try

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
@click.option(
    "--checkpoint", type=click.Path(path_type=Path), metavar="DIR",
    help="The checkpoint's folder; else CHECKPOINT_DIR, else the nearest folder upwards with a grader.py.",
)  # fmt: skip
def diff(path: Path | None, solution: bool, checkpoint: Path | None) -> int:
    """Show what has changed since the last attempt.

    PATH is what you grade; without it, it is what you graded last, else the starter.
    """
    with output.authors_words():
        course = courses.choose(checkpoint, path)
    with keeping.opened() as history:
        past = recalling.past(history, course)
        now = intake.take(path or Path(step.shown(step.work(course, past))), course.checkpoint.limits)
        if solution:
            return _with_solution(course, past, now)
        return _since_last(course, past, now, history)


def _since_last(course: Course, past: Past, now: Submission, history: Attempts) -> int:
    """Print what has changed since the last attempt at these files, or else the last attempt of all."""
    from checkpoint.report.diff import Side, render, unknown

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
    before, after = Side(_shown(kept, now), said), Side(_shown(keeping.texts(now), now), "now")
    text = render(before, after, style())
    if names := unknown(before, after):
        from checkpoint.report.visible import visible

        text += f"Not compared, for they are large or no text: {visible(', '.join(names))}\n"
    output.write(text, drawn=True)
    return EXIT_OK


def _last(past: Past, now: Submission) -> Try | None:
    path = os.path.abspath(now.path)  # noqa: PTH100 - links stay as they were typed
    same = (one for one in reversed(past.tries) if one.path == path)
    return next(same, None) or (past.tries[-1] if past.tries else None)


def _shown(texts: dict[str, str | None], now: Submission) -> dict[str, str | None]:
    """Return texts by the names that one would type from here."""
    return {now.shown(name): text for name, text in texts.items()}


def _with_solution(course: Course, past: Past, now: Submission) -> int:
    """Print how the solution differs, once the learner has passed; until then, say what is next."""
    from checkpoint.report.diff import Side, render

    if past.passed is None:
        last = past.last
        how_far = f"your last attempt has {last.earned} of {last.possible} points" if last else "nothing is graded yet"
        towards = "hint" if last else "grade"
        output.say(f"the solution is shown once you have passed; {how_far}\nnext: {step.typed(course, towards)}")
        return EXIT_NOT_YET
    reference = intake.take(course.solution, course.checkpoint.limits)
    theirs = {_name(name, reference, now): text for name, text in keeping.texts(reference).items()}
    yours = {name: text for name, text in keeping.texts(now).items() if name in theirs}
    text = render(Side(_shown(yours, now), "yours"), Side(_shown(theirs, now), "the solution"), style())
    output.write(text or "Yours and the solution are the same, to the letter.\n", drawn=True)
    return EXIT_OK


def _name(name: str, reference: Submission, now: Submission) -> str:
    """Return a file's name in the solution as the learner's: the app's own file may be called otherwise."""
    return now.main if name == reference.main else name
