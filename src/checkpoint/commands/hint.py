"""Give the next hint: `checkpoint hint [ID]`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkpoint import course as courses
from checkpoint.commands import keeping, output, recalling, standing, step
from checkpoint.commands.completion import complete_hinted
from checkpoint.commands.options import of_checkpoint
from checkpoint.errors import CheckpointError, WrongUsage

if TYPE_CHECKING:
    from checkpoint.judge.api import Spec
    from checkpoint.model import Course
    from checkpoint.past import Past
    from checkpoint.report.hints import Hints

EXIT_OK, EXIT_NOTHING = 0, 1


@click.command(
    epilog="""\b
Examples:
  checkpoint hint              for what failed first when you graded last
  checkpoint hint visit_count  for one check

Exit codes: 0 here is a hint, 1 there is none left, 2 wrong usage, or nothing has been graded yet."""
)
@click.argument("id", required=False, shell_complete=complete_hinted)
@of_checkpoint
def hint(id: str | None, checkpoint: Path | None) -> int:
    """Show the next hint for a check, below those you have taken.

    ID is the check's; without it, it is the one that failed first when you graded last. Hint 1 is the one that the
    report shows anyway, so the first one that you take is number 2.
    """
    from checkpoint.report.hints import render

    with output.authors_words():
        course = courses.choose(checkpoint, None)
    past, trouble = _past(course, needed=id is None)
    check = _check(id or _failed_first(course, past), course)
    before, total = past.hints_shown(check.id), len(check.hints)
    now = min(before + 1, total)
    if not trouble and now > past.hints.get(check.id, 0):
        trouble = _take(course, check.id, now)
    page = _page(check, now, before < total, course, past, trouble)
    output.write(render(page, output.style()), drawn=True)
    return EXIT_OK if before < total else EXIT_NOTHING


def _past(course: Course, *, needed: bool) -> tuple[Past, str]:
    """Return what was done so far, and why that is not known; raises CheckpointError if it is `needed` and is not."""
    try:
        with keeping.opened() as history:
            return recalling.past(history, course), ""
    except CheckpointError as error:
        if needed:
            raise
        return recalling.nothing(course), error.message


def _take(course: Course, id: str, number: int) -> str:
    """Remember that a hint was taken; return why that cannot be."""
    try:
        with keeping.opened() as history:
            history.take_hint(course.checkpoint.id, id, number)
    except CheckpointError as error:
        return error.message
    return ""


def _failed_first(course: Course, past: Past) -> str:
    """Return the id of the check to mend first, by the last attempts."""
    if not past.tries:
        raise WrongUsage(
            "hints are for what failed, and nothing has been graded yet",
            help=f"grade first: {step.of_work(course, 'grade', step.work(course))}; or name a check",
        )
    check = past.first_open
    if check is not None:
        return check.id
    passed = "your last attempt passed"
    if past.outdated:
        passed += ", but the checkpoint has changed since"
    elif past.last is None or not past.last.passed:
        passed = "no check failed in your last attempt"
    raise WrongUsage(
        f"{passed}: there is nothing to give hints for",
        help=f"{standing.next_in_words(course, past)}; or name a check",
    )


def _check(id: str, course: Course) -> Spec:
    """Return the check of that id, whatever the case; raises CheckpointError if nothing may be said of it."""
    from difflib import get_close_matches

    from checkpoint.judge import runner

    with output.authors_words():
        specs = runner.collect(course, None).specs
    named = [one.id for one in specs.values() if not one.hidden]
    id = next((name for name in (id, *named) if name in specs and name.casefold() == id.casefold()), id)
    if id not in specs:
        if os.sep in id or Path(id).suffix == ".py":
            raise WrongUsage(
                f"`{id}` is a file, and hints are for a check",
                help=f"checkpoint hint, or with a check's id: {', '.join(named)}",
            )
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


def _page(check: Spec, number: int, new: bool, course: Course, past: Past, trouble: str) -> Hints:
    """Return the page; without a history it is not known the next time which hints were taken."""
    from checkpoint.report.hints import Hints

    work = step.work(course, past)
    note = f"It is not remembered that you took this one: {trouble}." if trouble and new else ""
    if note:
        steps = [("All of them", step.of_work(course, "grade", work, "--only", check.id, "--hints"))]
    elif number < len(check.hints):
        steps = [("One more", step.typed(course, "hint", check.id))]
    else:
        steps = [("Read again what happens", step.of_work(course, "grade", work, "--only", check.id))]
    steps.append(("After a change", step.of_work(course, "grade", work)))
    return Hints(check.id, check.title, check.hints[:number], len(check.hints), new, tuple(steps), note)
