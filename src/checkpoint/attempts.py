"""Keep the history of attempts: one SQLite file in the user's data directory.

An attempt is a row with its JSON record. While it is under way, `finished` is empty and the record is what is needed
to go on with it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["grade", "quiz"]

FILE = "history.sqlite3"
VERSION = 1  # of the tables, in SQLite's user_version
_PATIENCE = 1.0  # seconds to wait for another checkpoint that is writing

_TABLES = """
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,  -- what was attempted: the hash of the quiz's file
    started TEXT NOT NULL,  -- ISO 8601, UTC, as is `finished`
    finished TEXT,
    passed INTEGER,
    earned REAL,
    possible REAL,
    record TEXT NOT NULL
);
CREATE INDEX attempts_of ON attempts (kind, subject, id);
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Hold one stored attempt; `finished` is None while it is under way."""

    id: int
    subject: str
    started: datetime
    finished: datetime | None
    record: dict[str, Any]


def place() -> Path:
    """Return where the history lies on this system, for this user."""
    import platformdirs

    return Path(platformdirs.user_data_path("checkpoint", appauthor=False)) / FILE


class Attempts:
    """Read and write the history."""

    def __init__(self, path: Path) -> None:
        """Open the history, and begin it if there is none; raises CheckpointError if that cannot be done."""
        self.path = path
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = sqlite3.connect(path, timeout=_PATIENCE)
        except (OSError, sqlite3.Error) as error:
            raise self._broken(error) from None
        try:
            self._prepare()
        except sqlite3.Error as error:
            self._file.close()
            raise self._broken(error) from None
        except CheckpointError:
            self._file.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def begin(self, kind: Kind, subject: str, record: dict[str, Any]) -> int:
        """Store an attempt that has just begun; return its id."""
        row = self._write(
            "INSERT INTO attempts (kind, subject, started, record) VALUES (?, ?, ?, ?)",
            (kind, subject, _now(), json.dumps(record)),
        )
        return row or 0

    def save(self, attempt: int, record: dict[str, Any]) -> None:
        """Store what an attempt that is under way needs to be gone on with."""
        self._write(
            "UPDATE attempts SET record = ? WHERE id = ? AND finished IS NULL",
            (json.dumps({**record, "saved": _now()}), attempt),
        )

    def finish(self, attempt: int, record: dict[str, Any], *, passed: bool, earned: float, possible: float) -> None:
        """Store how an attempt ended."""
        self._write(
            "UPDATE attempts SET finished = ?, passed = ?, earned = ?, possible = ?, record = ? "
            "WHERE id = ? AND finished IS NULL",
            (_now(), passed, earned, possible, json.dumps(record), attempt),
        )

    def unfinished(self, kind: Kind) -> Iterator[Attempt]:
        """Yield the attempts that were broken off, the latest first."""
        return self._read("kind = ? AND finished IS NULL ORDER BY id DESC", kind)

    def finished(self, kind: Kind) -> Iterator[Attempt]:
        """Yield the attempts that were gone through, the latest first."""
        return self._read("kind = ? AND finished IS NOT NULL ORDER BY id DESC", kind)

    def _prepare(self) -> None:
        """Make the tables; two that begin at once must not both do so."""
        with self._file:
            self._file.execute("BEGIN IMMEDIATE")
            (version,) = self._file.execute("PRAGMA user_version").fetchone()
            if version > VERSION:
                raise CheckpointError(
                    "this history was written by a newer checkpoint", where=os.fspath(self.path), help="update it"
                )
            if version == 0:
                for statement in _TABLES.split(";"):
                    self._file.execute(statement)
                self._file.execute(f"PRAGMA user_version = {VERSION}")

    def _write(self, statement: str, values: tuple[object, ...]) -> int | None:
        try:
            with self._file, closing(self._file.execute(statement, values)) as cursor:
                return cursor.lastrowid
        except sqlite3.Error as error:
            raise self._broken(error) from None

    def _read(self, condition: str, kind: Kind) -> Iterator[Attempt]:
        columns = "id, subject, started, finished, record"
        try:
            rows = self._file.execute(f"SELECT {columns} FROM attempts WHERE {condition}", (kind,))  # noqa: S608 - ours
            for number, subject, started, finished, record in rows:
                ended = datetime.fromisoformat(finished) if finished else None
                kept = json.loads(record)
                if not isinstance(kept, dict):
                    raise ValueError(f"attempt {number} has no record")
                yield Attempt(number, subject, datetime.fromisoformat(started), ended, kept)
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise self._broken(error) from None

    def _broken(self, error: Exception) -> CheckpointError:
        reason = getattr(error, "strerror", None) or str(error)
        return CheckpointError(
            f"the history of attempts cannot be used: {reason}",
            where=os.fspath(self.path),
            help="move this file away to begin a new one",
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
