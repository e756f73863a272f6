"""Open the gradebook's file: its tables, the lock of the one who writes to it, and what a disk can do to it."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from checkpoint.errors import CheckpointError, GradingError, WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "gradebook.sqlite3"
_LOCK = ".gradebook.lock"
VERSION = 1  # of the tables, in SQLite's user_version
_APPLICATION = 0x63706762  # "cpgb", in SQLite's application_id: by that a gradebook is known from other databases
_PATIENCE = 5.0  # seconds to wait for another program that reads or backs up

_TABLES = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,  -- RFC 3339, UTC, as are all moments
    finished TEXT,
    fingerprint TEXT NOT NULL,
    checkpoint_id TEXT NOT NULL,
    title TEXT NOT NULL,
    pass_percent REAL NOT NULL,
    seed INTEGER NOT NULL,
    only_check TEXT,
    source TEXT NOT NULL,
    reveal INTEGER NOT NULL,  -- whether report files describe hidden checks
    versions TEXT NOT NULL  -- JSON
);
CREATE TABLE roster (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    shown TEXT NOT NULL,
    warning TEXT
);
CREATE TABLE results (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    seed INTEGER NOT NULL,
    only_check TEXT,
    level TEXT NOT NULL,
    graded TEXT NOT NULL,
    earned REAL NOT NULL,
    possible REAL NOT NULL,
    passed INTEGER NOT NULL,
    cause TEXT,
    complete INTEGER NOT NULL,
    ours INTEGER NOT NULL,  -- a check could not be run, or the run was stopped: to be graded again
    open INTEGER NOT NULL,  -- undecided checks that nobody has decided
    duration_ms REAL NOT NULL,
    file TEXT NOT NULL,  -- in reports/, without suffix
    due INTEGER NOT NULL,  -- the report files do not say what stands here, or are not known to do so
    outdated INTEGER NOT NULL DEFAULT 0,  -- the latest run has found another submission, or grades in another way
    report BLOB NOT NULL  -- zlib, the JSON report with all that is hidden
);
CREATE TABLE checks (
    id TEXT NOT NULL,
    check_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    decision TEXT,  -- the verdict of a person, which then counts instead of the status
    points REAL NOT NULL,
    max_points REAL NOT NULL,
    visibility TEXT NOT NULL,
    message TEXT,
    cause TEXT,
    duration_ms REAL NOT NULL,
    PRIMARY KEY (id, check_id)
) WITHOUT ROWID;
CREATE TABLE decisions (
    id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    check_id TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (id, sha256, check_id)
) WITHOUT ROWID;
CREATE VIEW marks AS  -- what counts, in the class's order; CROSS JOIN keeps SQLite from sorting all reports
    SELECT roster.position, roster.shown, results.* FROM roster CROSS JOIN results ON results.id = roster.id
    WHERE NOT results.outdated ORDER BY roster.position;
"""

_DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_FULL = (errno.ENOSPC, errno.EDQUOT)
_PROBLEMS = {
    sqlite3.SQLITE_BUSY: ("another program is using this gradebook", "close it, and run this again"),
    sqlite3.SQLITE_LOCKED: ("another program is using this gradebook", "close it, and run this again"),
    sqlite3.SQLITE_NOTADB: ("this is no gradebook", "give another folder, or move this file away"),
    sqlite3.SQLITE_CORRUPT: ("this gradebook is damaged", "move it away, and grade again"),
    sqlite3.SQLITE_READONLY: ("the gradebook may not be written to", "give a folder of yours"),
    sqlite3.SQLITE_CANTOPEN: ("the gradebook cannot be opened or made", "give a folder of yours"),
    sqlite3.SQLITE_PERM: ("the gradebook may not be opened", "give a folder of yours"),
}


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Raise what goes wrong with the gradebook's file at `path`, or with what is made of it, as a CheckpointError."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # two things of one name: a fault of ours, no disk's
    except sqlite3.Error as error:
        raise _explained(error, path) from error
    except CheckpointError as error:
        if isinstance(error.__cause__, OSError) and error.__cause__.errno in _FULL:
            raise _full(error.message, error.where or str(path)) from error
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        where = str(error.filename or path)
        if error.errno in _FULL:
            raise _full(f"cannot write here: {reason}", where) from error
        raise CheckpointError(f"cannot write here: {reason}", where=where, help="give a folder of yours") from error


def _explained(error: sqlite3.Error, path: Path) -> CheckpointError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the rest of an extended code is detail
    if code in _DISK:
        return _full(f"the gradebook cannot be written: {error}", str(path))
    message, help = _PROBLEMS.get(code, (f"this gradebook cannot be used: {error}", "move it away, and grade again"))
    return CheckpointError(message, where=str(path), help=help)


def _full(message: str, where: str) -> GradingError:
    return GradingError(
        message, where=where, help="make room on this disk, and run the same command again: what is graded is kept"
    )


def writing(out: Path) -> tuple[sqlite3.Connection, sqlite3.Connection]:
    """Open the gradebook of a folder to write to it, or begin one; return it and the lock on the folder.

    Raises CheckpointError when that cannot be done, as while somebody else is writing there.
    """
    with faults(out):
        try:
            out.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise WrongUsage("this is not a folder", where=str(out), help="give the name of a new folder") from None
    lock = _locked(out)
    try:
        return _prepared(out / NAME), lock
    except BaseException:
        lock.close()
        raise


def reading(out: Path) -> sqlite3.Connection:
    """Open a folder's gradebook to read it, even while somebody writes; raises CheckpointError if there is none."""
    path = out / NAME
    if not path.is_file():
        raise WrongUsage("there is no gradebook in this folder", where=str(out), help="`checkpoint batch` makes one")
    with faults(path):
        address = f"{path.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(address, timeout=_PATIENCE, isolation_level=None, uri=True)
        try:
            if _is_new(connection, path):
                raise WrongUsage("this gradebook is empty", where=str(path), help="`checkpoint batch` fills it")
        except BaseException:
            connection.close()
            raise
        return connection


def close(connection: sqlite3.Connection) -> None:
    """Close a gradebook, and leave it as one plain file if nobody else has it open."""
    with closing(connection):
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error:
            return  # the file beside it belongs to it, and is read together with it


def _locked(out: Path) -> sqlite3.Connection:
    """Return the lock on a folder, held as long as it is open.

    It is SQLite's, for that is one on every system and ends with the process that took it, whatever ends that. Unlike
    flock's it does not live on in the judges that the process has forked.
    """
    with faults(out):
        lock = sqlite3.connect(out / _LOCK, timeout=0, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            lock.close()
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                raise CheckpointError(
                    "somebody is writing to this folder right now",
                    where=str(out),
                    help="wait until that batch has ended, or give another folder",
                ) from None
            raise
        return lock


def _prepared(path: Path) -> sqlite3.Connection:
    """Return a gradebook that can be written to, with its tables."""
    with faults(path):
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            if _is_new(connection, path):
                connection.execute("BEGIN IMMEDIATE")
                for statement in _TABLES.split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {VERSION}")
                connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection


def _is_new(connection: sqlite3.Connection, path: Path) -> bool:
    """Say whether there is nothing in a database yet; raises CheckpointError when it is none of ours."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    if (application, version, tables) == (0, 0, 0):
        return True
    if application != _APPLICATION:
        message, help = _PROBLEMS[sqlite3.SQLITE_NOTADB]
        raise CheckpointError(message, where=str(path), help=help)
    if version > VERSION:
        raise CheckpointError(
            "this gradebook was written by a newer checkpoint", where=os.fspath(path), help="update checkpoint"
        )
    return False
