"""Record what a person decides about checks that could not be judged, or list those: `checkpoint batch decide`."""

from __future__ import annotations

import getpass
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from checkpoint.commands import output
from checkpoint.errors import WrongUsage
from checkpoint.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checkpoint.batch.gradebook import Gradebook
    from checkpoint.batch.gradebook.records import Open

_MESSAGE_CHARACTERS = 500


@click.command(
    epilog="""\b
Examples:
  checkpoint batch decide OUT                  what is open, and what to look at
  checkpoint batch decide OUT ada              the same for one learner, and what was decided
  checkpoint batch decide OUT ada header_from_g passed --reason "The id is read from g."
  checkpoint batch decide OUT --csv FILE       columns id, check, decision, reason, who
  checkpoint batch decide OUT ada header_from_g --undo

Exit codes: 0 done, 2 a bad file or input, 3 the disk is full.""",
)
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("id", required=False)
@click.argument("check", required=False)
@click.argument("verdict", required=False, type=click.Choice(get_args(Verdict)), metavar="[passed|failed]")
@click.option("--reason", metavar="TEXT", help="Why: the learner reads it in the report.")
@click.option("--who", metavar="NAME", help="Who decides; else your login name.")
@click.option(
    "--csv", "file", type=click.Path(path_type=Path), metavar="FILE",
    help="Record all decisions of a table, or none if one of them cannot be.",
)  # fmt: skip
@click.option("--undo", is_flag=True, help="Take a decision back.")
def decide(
    out: Path,
    id: str | None,
    check: str | None,
    verdict: str | None,
    reason: str | None,
    who: str | None,
    file: Path | None,
    undo: bool,
) -> int:
    """Decide a check that could not be judged, for one submission.

    OUT is the folder that `checkpoint batch` has filled. What you decide counts in its table, its overview and the
    learner's report, and stays when the same submission is graded again. Without CHECK, what is open is listed.
    """
    from checkpoint.batch import outputs
    from checkpoint.batch.decisions import Wish, decision, from_csv, known, record
    from checkpoint.batch.gradebook import Gradebook

    _refuse_contradictions(id, check, verdict, reason, file, undo)
    if file is None and check is None:
        with Gradebook.read(out) as book:
            _list(book) if id is None else _list_one(book, known(book, id))
        return 0
    if file is not None:
        wishes = from_csv(file, lambda: who or _login())
    else:
        made = None if undo else decision(verdict or "", reason or "", who or _login())
        wishes = [Wish(id or "", check or "", made)]
    Gradebook.read(out).close()  # a folder in which there is none must not get one
    with Gradebook.open(out) as book:
        ids = record(book, wishes)
        outputs.write(book)
        if file is None:
            _tell(book, ids[0])
    if file is not None:
        output.write(f"{len(wishes)} decisions recorded.\n", drawn=True)
    return 0


def _refuse_contradictions(
    id: str | None, check: str | None, verdict: str | None, reason: str | None, file: Path | None, undo: bool
) -> None:
    """Refuse arguments that say two things, or too little; raises click.UsageError."""
    if file is not None and (id is not None or reason is not None or undo):
        raise click.UsageError("--csv says all there is to decide: give neither ID, --reason nor --undo beside it.")
    if id is None and file is None and (undo or reason is not None):
        raise click.UsageError("Whose check is it? Give its ID and CHECK.")
    if id is not None and check is None and (undo or reason is not None):
        raise click.UsageError("Which check is it? Give its CHECK after the ID.")
    if undo and (verdict is not None or reason is not None):
        raise click.UsageError("--undo takes a decision back: give neither a new one nor --reason beside it.")
    if check is not None and not undo and (verdict is None or reason is None):
        raise click.UsageError("Say passed or failed, and why with --reason.")


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # what it raises depends on the system and on Python's version
        raise WrongUsage("this machine does not tell who you are", help="give your name with --who") from None


def _list(book: Gradebook) -> None:
    """Print what is open, as it is found."""
    found = 0
    for left in book.open_checks():
        _write(_told(left))
        found += 1
    decided = book.count_decided()
    _write([f"Open: {found}. {_how(book, 'ID')}"] if found else ["Nothing is open: no check waits for a person."])
    _write([f"Decided already: {decided}."] if decided else [])


def _list_one(book: Gradebook, id: str) -> None:
    """Print what is open for somebody, and what was decided."""
    left = list(book.open_checks(id))
    for each in left:
        _write(_told(each))
    decided = book.decisions(id)
    _write(f"{id}  {check}  decided: {made.verdict}, by {made.who}: {made.reason}" for check, made in decided.items())
    if left:
        _write([f"Open: {len(left)}. {_how(book, shlex.quote(id))}"])
    elif not decided:
        _write([f"{id}: nothing is open, and nothing was decided."])


def _how(book: Gradebook, id: str) -> str:
    """Return how to decide; `id` is what stands for it on a command line."""
    out = shlex.quote(os.fspath(book.out))
    return f"Decide with: checkpoint batch decide {out} {id} CHECK passed|failed --reason TEXT"


def _told(left: Open) -> Iterator[str]:
    """Yield the lines that say what is open, and what to look at."""
    from checkpoint.report.prose import one_line
    from checkpoint.report.words import STATUSES

    check = left.check
    yield f"{left.id}  {check.id}  {check.status}"
    yield f"  {one_line(check.feedback.message if check.feedback else STATUSES[check.status], _MESSAGE_CHARACTERS)}"
    if check.feedback and check.feedback.location:
        yield f"  at {check.feedback.location.file}:{check.feedback.location.line}"
    yield f"  see {left.page}"
    if left.earlier:
        earlier = left.earlier
        yield f"  decided for an earlier submission: {earlier.verdict}, by {earlier.who}: {earlier.reason}"
    yield ""


def _tell(book: Gradebook, id: str) -> None:
    """Print where somebody stands now."""
    from checkpoint.report.words import score_line

    _write([f"{id}: {score_line(book.report(id))}"])


def _write(lines: Iterable[str]) -> None:
    """Print lines in which anything may stand."""
    from checkpoint.report.visible import visible

    output.write("".join(f"{visible(line)}\n" for line in lines), drawn=True)
