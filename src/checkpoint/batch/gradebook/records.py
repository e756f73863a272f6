"""Turn what a gradebook is told into rows, and rows into what it tells."""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from checkpoint.batch.tasks import is_ours
from checkpoint.errors import CheckpointError
from checkpoint.report.json import document, moment, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from checkpoint.model import CheckResult, Decision, Report

_MESSAGE_CHARACTERS = 2000
_TO_LEARNER = "Your submission could not be taken in: "  # so `judge.summary` tells it; here it is told of somebody


@dataclass(frozen=True, slots=True)
class Run:
    """Say what is graded in a run, and how; `reveal` is whether report files describe hidden checks."""

    fingerprint: str
    checkpoint_id: str
    title: str
    pass_percent: float
    seed: int
    source: str
    only: str | None = None
    reveal: bool = False
    versions: Mapping[str, str] = field(default_factory=dict)

    def row(self) -> dict[str, object]:
        """Return the row of a run that begins now."""
        return {
            "started": now(),
            "fingerprint": self.fingerprint,
            "checkpoint_id": plain(self.checkpoint_id),
            "title": plain(self.title),
            "pass_percent": self.pass_percent,
            "seed": self.seed,
            "only_check": self.only and plain(self.only),
            "source": plain(self.source),
            "reveal": self.reveal,
            "versions": json.dumps(dict(self.versions)),
        }


@dataclass(frozen=True, slots=True)
class Latest:
    """Say what the latest run graded: `source` is where the submissions came from, `only` the check scored alone."""

    checkpoint_id: str
    only: str | None
    source: str


class Counts(NamedTuple):
    """Count a class: `graded` are those that passed, failed or are undecided; `ours` are to be graded again."""

    enrolled: int
    graded: int
    passed: int
    failed: int
    undecided: int
    ours: int


class Mark(NamedTuple):
    """Hold what counts for one in the class; `name`, that of the report files, is None without a result.

    `outcomes` has by check a status, or what a person decided with a word that says so. `open` has the checks that a
    person may decide and has not.
    """

    id: str
    name: str | None = None
    earned: float = 0
    possible: float = 0
    passed: bool = False
    cause: str | None = None
    ours: bool = False
    outcomes: Mapping[str, str] = {}
    open: tuple[str, ...] = ()


class Open(NamedTuple):
    """Hold a check that a person may decide: whose it is, the `page` that shows it, and what was decided `earlier`.

    That was for another submission of the same learner, and does not count for this one.
    """

    id: str
    check: CheckResult
    page: Path
    earlier: Decision | None


def result_row(id: str, file: str, report: Report, graded: str) -> dict[str, object]:
    """Return the row of a result, whose report files are not written yet; `graded` is when it was."""
    outcomes = [check.outcome for check in report.checks]
    return {
        "id": id,
        "sha256": report.submission_sha256,
        "fingerprint": report.fingerprint,
        "seed": report.seed,
        "only_check": report.only and plain(report.only),
        "level": report.isolation.level,
        "graded": graded,
        "earned": report.score.earned,
        "possible": report.score.possible,
        "passed": report.passed,
        "cause": report.cause,
        "complete": report.complete,
        "ours": is_ours(report),
        "open": outcomes.count("undecided"),
        "duration_ms": report.duration_ms,
        "file": file,
        "due": True,
        "report": packed(report),
    }


def check_rows(id: str, report: Report) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a result's checks, in the order of the table's columns."""
    for number, check in enumerate(report.checks, start=1):
        message = _told(check.feedback.message) if check.feedback else None
        yield (
            id,
            check.id,
            number,
            plain(check.title),
            check.status,
            check.decision.verdict if check.decision else None,
            check.points,
            check.max_points,
            check.visibility,
            message,
            check.cause,
            check.duration_ms,
        )


def _told(message: str) -> str:
    """Return a check's message as whoever teaches reads it in a list."""
    return plain(message.removeprefix(_TO_LEARNER)[:_MESSAGE_CHARACTERS])


def packed(report: Report) -> bytes:
    """Return a report as it is kept: compressed JSON, in which even lone surrogates live on."""
    return zlib.compress(json.dumps(document(report), separators=(",", ":"), allow_nan=False).encode(), 1)


def unpacked(kept: bytes, id: str, where: Path) -> Report:
    """Return the report of an id that was `packed`; raises CheckpointError when it cannot be read."""
    try:
        return read(zlib.decompress(kept).decode())
    except (zlib.error, UnicodeDecodeError, CheckpointError) as error:
        raise CheckpointError(
            f"the report of {id!r} is damaged: {error}",
            where=os.fspath(where),
            help="run `checkpoint batch` once more with --again: it grades all anew",
        ) from error


def plain(text: str) -> str:
    """Return a text as SQLite can keep it: what has no UTF-8 is escaped."""
    return text.encode("utf-8", "backslashreplace").decode()


def now() -> str:
    """Return this moment in UTC, to the second."""
    return moment(datetime.now(UTC))
