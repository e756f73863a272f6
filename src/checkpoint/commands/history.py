"""Show what was attempted so far, or forget it: `checkpoint history`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from checkpoint import course as courses
from checkpoint.commands import keeping, output, recalling
from checkpoint.commands.options import of_checkpoint

if TYPE_CHECKING:
    from pathlib import Path

    from checkpoint.past import Past

EXIT_OK, EXIT_KEPT = 0, 1
SCHEMA = "checkpoint.history/1"


@click.command(
    epilog="""\b
Examples:
  checkpoint history           this checkpoint: attempts, points, the quiz
  checkpoint history --all     every checkpoint
  checkpoint history --json    for programs
  checkpoint history --forget  delete what is kept of this checkpoint

Exit codes: 0 shown or forgotten, 1 kept after all, 2 wrong usage, no checkpoint here, or a history that cannot be
read."""
)
@click.option("--all", "everything", is_flag=True, help="Of every checkpoint, not just of the one around you.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--forget", is_flag=True, help="Delete it, after one question; with --all, all of it.")
@click.option("--yes", is_flag=True, help="Do not ask before forgetting.")
@of_checkpoint
def history(everything: bool, as_json: bool, forget: bool, yes: bool, checkpoint: Path | None) -> int:
    """Show your attempts, how the points went, and your sittings of the quiz.

    All of it is in one file of yours, on this computer; nothing is sent anywhere. Attempts are not kept in CI.
    """
    from checkpoint.report.history import render

    course = None
    if not everything:
        with output.authors_words():
            course = courses.choose(checkpoint, None)
    with keeping.opened() as kept:
        pasts = recalling.all_pasts(kept) if course is None else [recalling.past(kept, course)]
        if forget:
            if not yes and not _confirmed(pasts):
                return EXIT_KEPT
            kept.forget(course.checkpoint.id if course else None, pasts[0].quiz if course else None)
            click.echo("Forgotten.")
            return EXIT_OK
    if as_json:
        from checkpoint.report.history import document
        from checkpoint.report.json import dumps

        output.write(dumps({"schema": SCHEMA, "checkpoints": [document(past) for past in pasts]}), drawn=False)
        return EXIT_OK
    pages = [render(past, output.style()) for past in pasts] or ["Nothing has been attempted yet.\n"]
    output.write("\n".join(pages), drawn=True)
    return EXIT_OK


def _confirmed(pasts: list[Past]) -> bool:
    """Ask whether to forget; raises click.UsageError if there is nobody to ask."""
    from checkpoint.report.visible import visible
    from checkpoint.report.words import counted

    if not sys.stdin.isatty():
        raise click.UsageError("--forget asks before it deletes; where nobody can answer, add --yes.")
    tries, sittings = sum(len(past.tries) for past in pasts), sum(len(past.sittings) for past in pasts)
    of = visible(pasts[0].title) if len(pasts) == 1 else counted(len(pasts), "checkpoint")
    what = f"{counted(tries, 'attempt')} and {counted(sittings, 'quiz sitting')}, {of}"
    return click.confirm(f"Forget {what}, and the hints taken?", err=True)
