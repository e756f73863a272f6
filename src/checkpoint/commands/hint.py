"""Give the next hint: `checkpoint hint [ID]`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkpoint import course as courses
from checkpoint.commands import keeping, output, recalling, step
from checkpoint.commands.completion import complete_hinted
from checkpoint.commands.standing import style
from checkpoint.errors import CheckpointError, WrongUsage

if TYPE_CHECKING:
    from checkpoint.judge.api import Spec
    from checkpoint.model import Course
    from checkpoint.report.hints import Hints
    from checkpoint.report.past import Past

EXIT_OK, EXIT_NOTHING = 0, 1


@click.command(
    epilog="""\b
Examples:
  checkpoint hint              for what failed first when you graded last
  checkpoint hint visit_count  for one check

Exit codes: 0 here is a hint, 1 there is none left, 2 wrong usage, or nothing has been graded yet."""
)
@click.argument("id", required=False, shell_complete=complete_hinted)
@click.option(
    "--checkpoint", type=click.Path(path_type=Path), metavar="DIR",
    help="The checkpoint's folder; else CHECKPOINT_DIR, else the nearest folder upwards with a grader.py.",
)  # fmt: skip
def hint(id: str | None, checkpoint: Path | None) -> int:
    """Show the next hint for a check, below those you have taken.

    ID is the check's; without it, it is the one that failed first when you graded last. Hint 1 is the one that the
    report shows anyway, so the first one that you take is number 2.
    """
    from checkpoint.report.hints import render

    with output.authors_words():
        course = courses.choose(checkpoint, None)
    with keeping.opened() as history:
        past = recalling.past(history, course)
        check = _check(id or _failed_first(course, past), course)
        before, total = _shown_before(past, check.id), len(check.hints)
        now = min(before + 1, total)
        if now > past.hints.get(check.id, 0):
            history.take_hint(past.id or "", check.id, now)
    output.write(render(_page(check, now, before < total, course, past), style()), drawn=True)
    return EXIT_OK if before < total else EXIT_NOTHING


def _failed_first(course: Course, past: Past) -> str:
    """Return the id of the check to mend first, by the last attempt."""
    if not past.tries:
        raise WrongUsage(
            "hints are for what failed, and nothing has been graded yet",
            help=f"grade first: {step.of_work(course, 'grade', step.work(course))}; or name a check",
        )
    if past.tries[-1].passed:
        raise WrongUsage("your last attempt passed: there is nothing to give hints for", help="or name a check")
    check = past.tries[-1].first_open
    if check is None:
        raise WrongUsage("no check failed in your last attempt", help="name a check: checkpoint hint ID")
    return check.id


def _check(id: str, course: Course) -> Spec:
    """Return the check of that id; raises CheckpointError if there is none, or nothing may be said of it."""
    from difflib import get_close_matches

    from checkpoint.judge import runner

    with output.authors_words():
        specs = runner.collect(course, None).specs
    named = [one.id for one in specs.values() if not one.hidden]
    if id not in specs:
        near = get_close_matches(id, named, 1, 0.5)
        raise WrongUsage(
            f"there is no check `{id}`",
            help=f"did you mean `{near[0]}`?" if near else f"the checks are {', '.join(named)}",
        )
    if specs[id].hidden:
        raise CheckpointError(
            f"the check `{id}` is hidden: there are no hints for it",
            help="it asks what the exercise says, in another way than the checks that you can see",
        )
    return specs[id]


def _shown_before(past: Past, id: str) -> int:
    """Return how many hints were shown: a report shows the first one of each check that failed."""
    last = past.tries[-1] if past.tries else None
    failed = last is not None and any(check.id == id and check.status == "failed" for check in last.checks)
    return max(past.hints.get(id, 0), int(failed))


def _page(check: Spec, number: int, new: bool, course: Course, past: Past) -> Hints:
    from checkpoint.report.hints import Hints

    work = step.work(course, past)
    if number < len(check.hints):
        steps = [("One more", step.typed(course, "hint", check.id))]
    else:
        steps = [("Read again what happens", step.of_work(course, "grade", work, "--only", check.id))]
    steps.append(("After a change", step.of_work(course, "grade", work)))
    return Hints(check.id, check.title, check.hints[:number], len(check.hints), new, tuple(steps))
