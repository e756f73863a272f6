"""Let a person decide what could not be judged: read decisions, refuse what cannot be decided, put them into reports.

A decision is about one check of one submission, as its SHA-256 knows it. It stands when the same submission is graded
again, as long as the check still cannot be judged; for another submission of the same learner it does not count.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, cast, get_args

from checkpoint.batch.table import unguarded
from checkpoint.errors import WrongUsage
from checkpoint.model import Decision, Verdict
from checkpoint.scoring import score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from checkpoint.batch.gradebook import Gradebook
    from checkpoint.model import Report

DECIDABLE = ("undecided", "error")
COLUMNS = ("id", "check", "decision", "reason", "who")
_REQUIRED = COLUMNS[:4]
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
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WrongUsage(f"cannot read this file: {(error.strerror or str(error)).lower()}", where=str(path)) from None
    except UnicodeDecodeError:
        raise WrongUsage("this file is not UTF-8", where=str(path), help="save it as CSV UTF-8") from None
    wishes: list[Wish] = []
    known: dict[tuple[str, str], str] = {}
    for where, row in _rows(path, text):
        made = decision(row["decision"].lower(), row["reason"], row["who"] or default_who(), where)
        wish = Wish(row["id"], row["check"], made, where)
        earlier = known.setdefault((wish.id, wish.check_id), where)
        if earlier != where:
            raise WrongUsage(
                f"{wish.check_id!r} of {wish.id!r} is decided twice in this file", where=where, help=f"see {earlier}"
            )
        wishes.append(wish)
    if not wishes:
        raise WrongUsage("there is no decision in this file", where=str(path), help="write one in each line")
    return wishes


def _rows(path: Path, text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield where each row of a CSV text begins, and its cells by column; empty lines are left out."""
    first = text.partition("\n")[0]
    # Where the comma stands in numbers, spreadsheets write semicolons.
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if ";" in first and "," not in first else ",", strict=True
    )
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            where, line = f"{path}:{line}", reader.line_num + 1
            if header is None:
                header = [cell.strip().lower() for cell in cells]
                missing = [name for name in _REQUIRED if name not in header]
                if missing:
                    raise WrongUsage(
                        f"there is no column {missing[0]!r}", where=where, help=f"the columns are {', '.join(COLUMNS)}"
                    )
            elif any(cell.strip() for cell in cells):
                row = dict(zip(header, cells, strict=False))
                yield where, {name: _cell(row.get(name, ""), name) for name in COLUMNS}
    except csv.Error as error:
        raise WrongUsage(f"this is no CSV: {error}", where=f"{path}:{line}") from None


def _cell(text: str, name: str) -> str:
    """Return what a cell holds; an id may begin or end with spaces."""
    return text if name == "id" else text.strip()


def record(book: Gradebook, wishes: Sequence[Wish]) -> list[str]:
    """Record decisions, all of them or none, and bring the reports of those concerned up to date; return their ids.

    Raises WrongUsage for the first one that cannot be recorded.
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
    id = wish.id if book.knows(wish.id) else unguarded(wish.id)
    if not book.knows(id):
        near = get_close_matches(wish.id, book.ids(), 1)
        lists = f"`checkpoint batch decide {book.out}` lists what is open"
        raise WrongUsage(
            f"nobody in this gradebook has the id {wish.id!r}",
            where=wish.where,
            help=f"did you mean {near[0]!r}?" if near else lists,
        )
    statuses = book.statuses(id)
    if wish.check_id not in statuses:
        near = get_close_matches(wish.check_id, statuses, 1)
        raise WrongUsage(
            f"{id!r} has no check {wish.check_id!r}",
            where=wish.where,
            help=f"did you mean {near[0]!r}?" if near else f"the checks are {', '.join(statuses)}",
        )
    if wish.decision is None:
        if wish.check_id not in book.decisions(id):
            raise WrongUsage(f"nothing was decided about {wish.check_id!r} of {id!r}", where=wish.where)
    elif statuses[wish.check_id] not in DECIDABLE:
        raise WrongUsage(
            f"{wish.check_id!r} of {id!r} is not for a person to decide: it is {statuses[wish.check_id]!r}",
            where=wish.where,
            help="only a check that is undecided, or that could not be run, can be decided",
        )
    return replace(wish, id=id)


def applied(report: Report, decisions: Mapping[str, Decision]) -> Report:
    """Return the report with just these decisions, by check, wherever they are needed; it is scored anew if so."""
    checks = tuple(
        replace(check, decision=decisions.get(check.id) if check.status in DECIDABLE else None)
        for check in report.checks
    )
    if checks == report.checks:
        return report
    scored = [check for check in checks if report.only in (None, check.id)]
    return replace(report, checks=checks, score=score(scored, report.score.pass_percent))
