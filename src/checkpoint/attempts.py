"""Keep the history of attempts: one SQLite file in the user's data directory.

An attempt is a row with its JSON record. While it is under way, `finished` is empty and the record is what is needed
to go on with it. Beside the attempts stand the texts that were graded, and how many hints of a check were taken.
"""

from __future__ import annotations

import errno
import json
import math
import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Kind = Literal["grade", "quiz"]

FILE = "history.sqlite3"
VERSION = 2  # of the tables, in SQLite's user_version
TEXTS_KEPT = 100  # so many attempts back it is known what was graded
_ANEW = "move this file away to begin a new one"
_PATIENCE = 1.0  # seconds to wait for another checkpoint that is writing
# What helps where SQLite, or the system, does not let us: by the beginnings of its names for errors.
_HELPS = {
    ("SQLITE_BUSY", "SQLITE_LOCKED"): "another checkpoint is at it; try again",
    ("SQLITE_FULL", "ENOSPC", "EDQUOT"): "make room on this disk",
    ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR", "E"): (
        "check the permissions of this file and of its folder"
    ),
}

# From each version to the next one: a new file goes through all of them, an older one through those that it lacks.
_STEPS = (
    """
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,  -- what was attempted: the hash of the quiz's file, the fingerprint of the checkpoint
    started TEXT NOT NULL,  -- ISO 8601, UTC, as is `finished`
    finished TEXT,
    passed INTEGER,
    earned REAL,
    possible REAL,
    record TEXT NOT NULL
);
CREATE INDEX attempts_of ON attempts (kind, subject, id);
""",
    """
ALTER TABLE attempts ADD COLUMN checkpoint TEXT;  -- its id, NULL for a quiz that was asked without one
ALTER TABLE attempts ADD COLUMN content TEXT;  -- SHA-256 of what was graded
UPDATE attempts SET checkpoint = json_extract(record, '$.checkpoint.id') WHERE json_valid(record);
CREATE INDEX attempts_at ON attempts (checkpoint, kind, id);
CREATE TABLE texts (
    content TEXT PRIMARY KEY,
    files TEXT NOT NULL  -- JSON: name -> text, null for what is not kept
);
CREATE TABLE hints (
    checkpoint TEXT NOT NULL,
    id TEXT NOT NULL,  -- of the check
    taken INTEGER NOT NULL,
    PRIMARY KEY (checkpoint, id)
);
""",
)
_OF = "(checkpoint = :checkpoint OR (checkpoint IS NULL AND subject = :quiz))"
_COLUMNS = "id, kind, subject, started, finished, passed, earned, possible, record, checkpoint, content"


@dataclass(frozen=True, slots=True)
class Attempt:
    """Hold one stored attempt; `finished` and the score are None while it is under way.

    `checkpoint` is the id of the one that it belongs to, None for a quiz that was asked without one; `content` is the
    SHA-256 of what was graded.
    """

    id: int
    kind: Kind
    subject: str
    started: datetime
    finished: datetime | None
    passed: bool
    earned: float | None
    possible: float | None
    record: dict[str, Any]
    checkpoint: str | None = None
    content: str | None = None


def place() -> Path:
    """Return where the history lies on this system, for this user.

    Raises CheckpointError where a user has no home.
    """
    import platformdirs

    folder = platformdirs.user_data_path("checkpoint", appauthor=False)
    if not folder.is_absolute():  # a `~` that stands for nothing
        raise CheckpointError(
            "the history of attempts has no place: there is no home folder", where=os.fspath(folder), help="set HOME"
        )
    return folder / FILE


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

    def begin(self, kind: Kind, subject: str, record: dict[str, Any], checkpoint: str | None = None) -> int:
        """Store an attempt that has just begun; return its id."""
        row = self._write(
            "INSERT INTO attempts (kind, subject, started, record, checkpoint) VALUES (?, ?, ?, ?, ?)",
            (kind, subject, _now(), json.dumps(record), checkpoint),
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

    def add(self, attempt: Attempt, files: Mapping[str, str | None]) -> None:
        """Store an attempt at an exercise as a whole, with the texts that were graded; its id is chosen here."""
        values = (
            attempt.kind, attempt.subject, attempt.started.isoformat(timespec="seconds"),
            attempt.finished and attempt.finished.isoformat(timespec="seconds"), attempt.passed, attempt.earned,
            attempt.possible, json.dumps(attempt.record), attempt.checkpoint, attempt.content,
        )  # fmt: skip
        with self._usable(), self._file:
            self._file.execute(
                "INSERT INTO attempts (kind, subject, started, finished, passed, earned, possible, record, checkpoint, "
                "content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            self._file.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (attempt.content, json.dumps(files)))
            self._file.execute(
                "DELETE FROM texts WHERE content NOT IN "
                "(SELECT content FROM attempts WHERE content IS NOT NULL ORDER BY id DESC LIMIT ?)",
                (TEXTS_KEPT,),
            )

    def unfinished(self, kind: Kind) -> Iterator[Attempt]:
        """Yield the attempts that were broken off, the latest first."""
        return self._read("kind = :kind AND finished IS NULL", {"kind": kind})

    def finished(self, kind: Kind) -> Iterator[Attempt]:
        """Yield the attempts that were gone through, the latest first."""
        return self._read("kind = :kind AND finished IS NOT NULL", {"kind": kind})

    def of(self, checkpoint: str, quiz: str | None = None) -> list[Attempt]:
        """Return all attempts at a checkpoint, the latest first; also those at its quiz's file, if that is named."""
        return list(self._read(_OF, {"checkpoint": checkpoint, "quiz": quiz}))

    def all(self) -> list[Attempt]:
        """Return all attempts, the latest first."""
        return list(self._read("TRUE", {}))

    def texts(self, content: str) -> dict[str, str | None] | None:
        """Return what was graded, name -> text, None for what was too large or no text; None if it is not kept."""
        with self._usable():
            row = self._file.execute("SELECT files FROM texts WHERE content = ?", (content,)).fetchone()
            kept = dict(json.loads(row[0])) if row else None
            if kept is not None and not all(isinstance(text, str | None) for text in kept.values()):
                raise TypeError("what was graded is no text")
            return kept

    def hints(self, checkpoint: str) -> dict[str, int]:
        """Return up to which hint each check's were taken, counted from 1."""
        with self._usable():
            rows = self._file.execute("SELECT id, taken FROM hints WHERE checkpoint = ?", (checkpoint,))
            taken = dict(rows)
            if not all(isinstance(id, str) and isinstance(number, int) for id, number in taken.items()):
                raise TypeError(f"the hints of {checkpoint} are no numbers")
            return taken

    def take_hint(self, checkpoint: str, check: str, number: int) -> None:
        """Remember that hints were taken up to this number, counted from 1."""
        self._write("INSERT OR REPLACE INTO hints VALUES (?, ?, ?)", (checkpoint, check, number))

    def forget(self, checkpoint: str | None, quiz: str | None = None) -> int:
        """Delete all that is kept of a checkpoint and the sittings of its quiz's file, or of all; return how many.

        What was deleted is not left in the file.
        """
        named = {"checkpoint": checkpoint, "quiz": quiz}
        with self._usable(), self._file:
            self._file.execute("PRAGMA secure_delete = ON")
            which = f":checkpoint IS NULL OR {_OF}"
            gone = self._file.execute(f"DELETE FROM attempts WHERE {which}", named).rowcount  # noqa: S608 - ours
            self._file.execute("DELETE FROM hints WHERE :checkpoint IS NULL OR checkpoint = :checkpoint", named)
            self._file.execute(
                "DELETE FROM texts WHERE content NOT IN (SELECT content FROM attempts WHERE content IS NOT NULL)"
            )
            return gone

    def _prepare(self) -> None:
        """Make the tables; two that begin at once must not both do so."""
        with self._file:
            self._file.execute("BEGIN IMMEDIATE")
            (version,) = self._file.execute("PRAGMA user_version").fetchone()
            if version > VERSION:
                raise CheckpointError(
                    "this history was written by a newer checkpoint", where=os.fspath(self.path), help="update it"
                )
            for step in _STEPS[version:]:
                for statement in step.split(";"):
                    self._file.execute(statement)
            if version < VERSION:
                self._file.execute(f"PRAGMA user_version = {VERSION}")

    def _write(self, statement: str, values: tuple[object, ...]) -> int | None:
        with self._usable(), self._file, closing(self._file.execute(statement, values)) as cursor:
            return cursor.lastrowid

    def _read(self, condition: str, values: dict[str, str | None]) -> Iterator[Attempt]:
        """Yield the attempts for which a condition holds, the latest first."""
        select = f"SELECT {_COLUMNS} FROM attempts WHERE {condition} ORDER BY id DESC"  # noqa: S608 - ours
        with self._usable():
            for row in self._file.execute(select, values):
                yield _attempt(*row)

    @contextmanager
    def _usable(self) -> Iterator[None]:
        """Tell what the file says to us, and what in it makes no sense, in the user's words."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._broken(error) from None
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise self.nonsense(error) from None

    def nonsense(self, error: Exception) -> CheckpointError:
        """Return what to tell of a record that somebody has edited, or something has damaged."""
        return CheckpointError(
            f"the history of attempts cannot be used: a record in it makes no sense ({type(error).__name__}: {error})",
            where=os.fspath(self.path),
            help=_ANEW,
        )

    def _broken(self, error: OSError | sqlite3.Error) -> CheckpointError:
        """Return what to tell of a file that cannot be read or written, with what helps."""
        if isinstance(error, OSError):
            reason, name = error.strerror or str(error), errno.errorcode.get(error.errno or 0, "E")
        else:
            reason, name = str(error), getattr(error, "sqlite_errorname", "")
        helps = (help for names, help in _HELPS.items() if name.startswith(names))
        return CheckpointError(
            f"the history of attempts cannot be used: {reason}", where=os.fspath(self.path), help=next(helps, _ANEW)
        )


def _attempt(
    number: int, kind: Kind, subject: str, started: str, finished: str | None, passed: int | None, earned: float | None,
    possible: float | None, record: str, checkpoint: str | None, content: str | None,
) -> Attempt:  # fmt: skip
    """Return a row as what it holds; raises ValueError or TypeError if that makes no sense."""
    ended = datetime.fromisoformat(finished) if finished else None
    kept = json.loads(record)
    if not isinstance(kept, dict):
        raise ValueError(f"attempt {number} has no record")
    # SQLite keeps whatever it is given in any column.
    texts = [text for text in (subject, checkpoint, content) if text is not None]
    if not (all(isinstance(text, str) for text in texts) and all(math.isfinite(n or 0) for n in (earned, possible))):
        raise ValueError(f"attempt {number} is damaged")
    began = datetime.fromisoformat(started)
    return Attempt(number, kind, subject, began, ended, bool(passed), earned, possible, kept, checkpoint, content)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
