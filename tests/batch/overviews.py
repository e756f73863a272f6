"""Build gradebooks in memory, row by row: that is quick, and hostile words need no report around them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checkpoint.batch.gradebook.file import _TABLES

if TYPE_CHECKING:
    from checkpoint.model import Status

CHECKS = {"loads": ("It loads", 1), "counts": ("It counts", 4), "header": ("It has a header", 5)}
SHA256 = "ab" * 32


@dataclass(frozen=True, slots=True)
class Handed:
    """Say what came of one learner's submission: statuses of the three checks, and a message for each of them."""

    id: str
    statuses: tuple[Status, ...] = ("passed", "passed", "passed")
    messages: tuple[str | None, ...] = (None, None, None)
    cause: str | None = None
    warning: str | None = None
    sha256: str = SHA256
    complete: bool = True
    graded: bool = True
    duration_ms: float = 100.0
    file: str | None = None
    outdated: bool = False
    decided: dict[str, tuple[str, str]] = field(default_factory=dict)  # verdict and reason, by check


PASSED = Handed("ana")
FAILED = Handed("bruno", ("passed", "failed", "blocked"), (None, "The page says 1.", None))


def gradebook(
    *handed: Handed,
    title: str = "Hello",
    only: str | None = None,
    finished: str | None = "2026-03-04T05:06:07Z",
    pass_percent: float = 70,
    visibility: str = "visible",
    runs: bool = True,
) -> sqlite3.Connection:
    """Return a gradebook of this class."""
    db = sqlite3.connect(":memory:")
    db.executescript(_TABLES)
    if runs:
        run = {
            "started": "2026-03-04T05:00:00Z", "finished": finished, "fingerprint": "cd" * 32,
            "checkpoint_id": "hello", "title": title, "pass_percent": pass_percent, "seed": 7, "only_check": only,
            "source": "handed-in", "reveal": False,
            "versions": '{"flask": "3.1.0", "checkpoint": "9.9"}',
        }  # fmt: skip
        _insert(db, "runs", run)
    for position, one in enumerate(handed):
        db.execute("INSERT INTO roster VALUES (?, ?, ?, ?)", (one.id, position, f"in/{one.id}", one.warning))
        if one.graded:
            _grade(db, one, pass_percent, visibility)
    db.commit()
    return db


def _grade(db: sqlite3.Connection, one: Handed, pass_percent: float, visibility: str) -> None:
    earned, outcomes = 0, []
    rows = zip(CHECKS.items(), one.statuses, one.messages, strict=True)
    for number, ((check, (title, points)), status, message) in enumerate(rows):
        verdict, reason = one.decided.get(check, (status, ""))
        gained = points if verdict == "passed" else 0
        earned += gained
        row = {
            "id": one.id, "check_id": check, "number": number, "title": title, "status": status,
            "decision": verdict if check in one.decided else None, "points": gained, "max_points": points,
            "visibility": visibility, "message": message, "duration_ms": 1.0,
        }  # fmt: skip
        _insert(db, "checks", row)
        if check in one.decided:
            decided = (one.id, one.sha256, check, verdict, reason, "m.keller", "2026-03-05T10:00:00Z")
            db.execute("INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?)", decided)
        outcomes.append(verdict)
    ours = not one.complete or "error" in outcomes
    settled = not ours and "undecided" not in outcomes
    result = {
        "id": one.id, "sha256": one.sha256, "fingerprint": "cd" * 32, "seed": 7, "level": "full",
        "graded": "2026-03-04T05:05:00Z", "earned": earned, "possible": 10,
        "passed": settled and earned * 10 >= pass_percent, "cause": one.cause, "complete": one.complete, "ours": ours,
        "open": outcomes.count("undecided"), "duration_ms": one.duration_ms, "file": one.file or one.id,
        "outdated": one.outdated, "due": False, "report": b"",
    }  # fmt: skip
    _insert(db, "results", result)


def _insert(db: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    values = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})", (*row.values(),))
