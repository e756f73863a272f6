"""Let a person decide what could not be judged: read decisions, refuse what cannot be decided, put them into reports.

A decision is about one check of one submission, as its SHA-256 knows it. It stands when the same submission is graded
again, as long as the check still cannot be judged; for another submission of the same learner it does not count.
"""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, cast, get_args

from checkpoint.batch import sheet
from checkpoint.batch.table import unguarded
from checkpoint.errors import WrongUsage
from checkpoint.model import Decision, Verdict
from checkpoint.scoring import score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from checkpoint.batch.gradebook import Gradebook
    from checkpoint.model import Report

DECIDABLE = ("undecided", "error")
COLUMNS = ("id", "check", "decision", "reason")
_REASON_CHARACTERS = 2000
_WHO_CHARACTERS = 200
_VERDICTS: tuple[str, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Wish:
    """Ask for a decision to be recorded, or with None taken back; `where` says where that was asked, if in a file."""

    id: str
    check_id: str
    decision: Decision | None
    where: str | None = None


def decision(verdict: str, reason: str, who: str, where: str | None = None) -> Decision:
    """Return a decision that is made now; raises WrongUsage when a part of it is missing, too long, or no word of it.

    Reason and name are kept on one line each.
    """
    reason, who = " ".join(reason.split()), " ".join(who.split())
    if verdict not in _VERDICTS:
        raise WrongUsage(f"a check is decided {' or '.join(map(repr, _VERDICTS))}, not {verdict!r}", where=where)
    if not reason:
        raise WrongUsage("a decision needs a reason", where=where, help="the learner reads it: say what you have seen")
    for what, text, most in (("reason", reason, _REASON_CHARACTERS), ("name", who, _WHO_CHARACTERS)):
        if len(text) > most:
            raise WrongUsage(f"the {what} is too long: {len(text)} characters", where=where, help=f"at most {most}")
    return Decision(cast("Verdict", verdict), reason, who, datetime.now(UTC).replace(microsecond=0))


def from_csv(path: Path, default_who: Callable[[], str]) -> list[Wish]:
    """Return the decisions that a CSV file asks for: columns id, check, decision, reason and, if wanted, who.

    `default_who` is asked when a row names nobody. Raises CheckpointError naming the line that is wrong.
    """
    shown = os.fspath(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WrongUsage(f"cannot read this file: {(error.strerror or str(error)).lower()}", where=shown) from None
    wishes: list[Wish] = []
    known: dict[tuple[str, str], str] = {}
    for line, row in sheet.rows(content, shown, COLUMNS, ("who",)):
        where = f"{shown}:{line}"
        verdict, who = row["decision"].strip().lower(), row["who"].strip() or default_who()
        wish = Wish(row["id"], row["check"].strip(), decision(verdict, row["reason"], who, where), where)
        earlier = known.setdefault((wish.id, wish.check_id), where)
        if earlier != where:
            raise WrongUsage(
                f"{wish.check_id!r} of {wish.id!r} is decided twice in this file", where=where, help=f"see {earlier}"
            )
        wishes.append(wish)
    if not wishes:
        raise WrongUsage("there is no decision in this file", where=shown, help="write one in each line")
    return wishes


def record(book: Gradebook, wishes: Sequence[Wish]) -> list[str]:
    """Record decisions, all of them or none, in the results of those concerned too; return their ids.

    `outputs.write` then makes their report files. Raises WrongUsage for the first one that cannot be recorded.
    """
    settled = [_settled(book, wish) for wish in wishes]
    ids = list(dict.fromkeys(wish.id for wish in settled))
    with book.changing():
        for wish in settled:
            book.set_decision(wish.id, wish.check_id, wish.decision)
        for id in ids:
            book.redo(id)
    return ids


def _settled(book: Gradebook, wish: Wish) -> Wish:
    """Return a wish whose id and check are known, and that can be granted."""
    id = known(book, wish.id, wish.where)
    statuses = book.statuses(id)
    if wish.check_id not in statuses:
        raise WrongUsage(
            f"{id!r} has no check {wish.check_id!r}",
            where=wish.where,
            help=_meant(wish.check_id, statuses) or f"the checks are {', '.join(statuses)}",
        )
    if wish.decision is None:
        if wish.check_id not in book.decisions(id):
            raise WrongUsage(f"nothing was decided about {wish.check_id!r} of {id!r}", where=wish.where)
    elif not book.is_complete(id):
        raise WrongUsage(
            f"{id!r} was not graded to its end", where=wish.where, help="run `checkpoint batch` again: it goes on there"
        )
    elif statuses[wish.check_id] not in DECIDABLE:
        raise WrongUsage(
            f"{wish.check_id!r} of {id!r} is not for a person to decide: it is {statuses[wish.check_id]!r}",
            where=wish.where,
            help="only a check that is undecided, or that could not be run, can be decided",
        )
    return replace(wish, id=id)


def known(book: Gradebook, id: str, where: str | None = None) -> str:
    """Return an id as the gradebook has it, also one that was copied from the table; raises WrongUsage for no such."""
    # In a table, which begins as a copy of ours, an apostrophe in front is what our table has put there.
    for meant in (unguarded(id),) if where is not None else (id, unguarded(id)):
        if book.knows(meant):
            return meant
    raise WrongUsage(
        f"nobody in this gradebook has the id {id!r}",
        where=where,
        help=_meant(id, book.ids())
        or f"`checkpoint batch decide {shlex.quote(os.fspath(book.out))}` lists what is open",
    )


def _meant(word: str, words: Iterable[str]) -> str | None:
    """Return the question whether one of these was meant that is much like it, None if none is."""
    folded = {each.casefold(): each for each in words}
    near = get_close_matches(word.casefold(), folded, 1)
    return f"did you mean {folded[near[0]]!r}?" if near else None


def applied(report: Report, decisions: Mapping[str, Decision]) -> Report:
    """Return the report with just these decisions, by check, wherever they are needed; it is scored anew if so.

    One that did not come to its end has none.
    """
    checks = tuple(
        replace(check, decision=decisions.get(check.id) if report.complete and check.status in DECIDABLE else None)
        for check in report.checks
    )
    if checks == report.checks:
        return report
    scored = [check for check in checks if report.only in (None, check.id)]
    return replace(report, checks=checks, score=score(scored, report.score.pass_percent))
