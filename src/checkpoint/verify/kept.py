"""Keep what each check notices, beside grader.py, so that a check which becomes weaker is found out.

What one check no longer notices another one may: then nobody passes for it, and yet fewer points are lost than should
be, and the learner is told less.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from checkpoint.errors import BrokenCheckpoint
from checkpoint.report.json import dumps
from checkpoint.verify.places import place
from checkpoint.verify.proof import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checkpoint.model import Course
    from checkpoint.verify.matrix import Statuses
    from checkpoint.verify.proof import Column, Proof, Trial

FILE = "kills.json"
SCHEMA = "checkpoint.kills/1"
Kills = dict[str, list[str]]
STARTER = "the starter"  # beside mutants, whose ids have no space
AGAIN = "mend it; or if that is meant, keep what holds now: checkpoint verify --keep"


def text(proof: Proof) -> str:
    """Return the file's text: what each check fails for, mutants by their ids, sorted."""
    kills = {
        column.id: sorted(
            name for name, kill in _kills(proof.trials, proof.runs[0].starter).items() if number in kill.failing
        )
        for number, column in enumerate(proof.columns)
    }
    return dumps({"schema": SCHEMA, "kills": kills})


def findings(
    course: Course, before: Kills, table: Sequence[Column], trials: Sequence[Trial], starter: Statuses
) -> Iterator[Finding]:
    """Yield the checks that pass what they failed for when that was kept; mutants that are gone do not count.

    `before` is what was kept; `starter` is empty if there is none.
    """
    file = course.root / FILE
    numbers = {column.id: number for number, column in enumerate(table)}
    known = _kills(trials, starter)
    for id, kills in before.items():
        number = numbers.get(id)
        if number is None:
            yield Finding("weaker", f"There was a check `{id}`, and there is none any more.", place(file), AGAIN)
            continue
        if table[number].by_chance:
            continue
        lost = [known[kill] for kill in kills if kill in known and known[kill].statuses[number] == "passed"]
        if lost:
            more = f" So it is with {len(lost) - 1} more." if len(lost) > 1 else ""
            message = f"`{id}` no longer notices {lost[0].name}{more}"
            yield Finding("weaker", message, table[number].place, AGAIN, lost[0].diff)


class _Kill(NamedTuple):
    """Hold an app that checks failed for: what to call it, how it differs from the solution, and its statuses."""

    name: str
    diff: str
    statuses: Statuses

    @property
    def failing(self) -> set[int]:
        return {number for number, status in enumerate(self.statuses) if status == "failed"}


def _kills(trials: Sequence[Trial], starter: Statuses) -> dict[str, _Kill]:
    kills = {one.id: _Kill(f"{one.id}: {one.mistake}", one.diff, one.statuses) for one in trials}
    return {STARTER: _Kill("the starter.", "", starter), **kills} if starter else kills


def read(course: Course) -> Kills:
    """Return what was kept, by each check's id the mutants; raises BrokenCheckpoint if the file is none of ours."""
    file = course.root / FILE
    if not file.is_file():
        return {}
    try:
        loaded: Any = json.loads(file.read_text("utf-8"))
        if loaded["schema"] != SCHEMA:
            raise ValueError
        return {str(id): [str(mutant) for mutant in mutants] for id, mutants in loaded["kills"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BrokenCheckpoint(
            "this is not what checkpoint keeps there",
            where=place(file),
            help="write it anew with checkpoint verify --keep, or remove it",
        ) from None
