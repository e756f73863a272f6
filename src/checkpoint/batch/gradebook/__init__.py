"""Keep what came of a batch: who is in the class, the latest result of each, and what people decided.

`gradebook.sqlite3` in the out folder is the one store; all else there can be made again from it. What changes a result
marks its report files as due. They are written when that is committed, and are no longer due at the next commit, so
that whatever ends a process, no file contradicts the store for good.

One process writes to it at a time; reading goes on beside that. An id holds no lone surrogate here: it is escaped, as
is what learners wrote.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, cast

from checkpoint.batch.decisions import DECIDABLE, applied
from checkpoint.batch.files import REPORTS, name_for
from checkpoint.batch.gradebook import file, pages
from checkpoint.batch.gradebook.records import Counts, Latest, Mark, Open, check_rows, now, plain, result_row, unpacked
from checkpoint.errors import CheckpointError
from checkpoint.model import Decision
from checkpoint.report.json import moment

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from checkpoint.batch.gradebook.records import Run
    from checkpoint.batch.tasks import Result
    from checkpoint.model import Report, Verdict


class Gradebook:
    """Read and write a gradebook; every method raises CheckpointError when the disk or the file does not let it."""

    def __init__(self, out: Path, connection: sqlite3.Connection, lock: sqlite3.Connection | None = None) -> None:
        """Take over an open file; see `open` and `read`."""
        self.out = out
        self.connection = connection
        self._lock = lock
        self._outdated: dict[str, bool] = {}
        self._written: set[str] = set()  # ids whose report files are due for as long as that is not committed

    @classmethod
    def open(cls, out: Path) -> Self:
        """Open the gradebook in a folder to write to it; make both when they are not there.

        Report files that are due, or that a run which did not end may have left broken, are written again.
        """
        book = cls(out, *file.writing(out))
        try:
            book._mend()
        except BaseException:
            book.close()
            raise
        return book

    @classmethod
    def read(cls, out: Path) -> Self:
        """Open the gradebook in a folder to look at it only, which a batch that is writing does not mind."""
        return cls(out, file.reading(out))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, and let others write."""
        if self._lock is None:
            self.connection.close()
        else:
            file.close(self.connection)
            self._lock.close()

    # A run.

    def begin(self, run: Run) -> None:
        """Remember a run that begins now; all report files of a folder describe hidden checks, or none, as it says."""
        before = self._latest("reveal")
        with self.changing():
            self._insert("INTO runs", run.row())
            if before is not None and bool(before) != run.reveal:
                self.connection.execute("UPDATE results SET due = 1")
                self._written.clear()

    def enroll(self, entries: Iterable[tuple[str, str, str | None]]) -> None:
        """Say who is in the class, in order: id, what is shown of the submission, and a warning or None.

        Results of others are kept, but do not count; nor do those of the class until `has` was asked about them, or
        there are new ones: what has been handed in now, nobody has looked at yet.
        """
        rows = (
            (plain(id), number, plain(shown), warning and plain(warning))
            for number, (id, shown, warning) in enumerate(entries)
        )
        with self.changing():
            self.connection.execute("DELETE FROM roster")
            self.connection.executemany("INSERT INTO roster VALUES (?, ?, ?, ?)", rows)
            self.connection.execute("UPDATE results SET outdated = 1")

    def has(
        self, id: str, sha256: str, fingerprint: str, seed: int | None, only: str | None, levels: Container[str]
    ) -> bool:
        """Say whether this submission need not be graded again: it was, to the end, and kept apart well enough.

        Without a `seed` it is all the same what it was asked. A result of another submission, or from other checks,
        stays until there is a new one, but no longer counts.
        """
        id = plain(id)
        row = self._row(
            "SELECT sha256, fingerprint, only_check, ?2 IS NULL OR seed = ?2, complete AND NOT ours, level, outdated "
            "FROM results WHERE id = ?1",
            id,
            seed,
        )
        if row is None:
            return False
        *graded, asked, settled, level, outdated = row
        differs = graded != [sha256, fingerprint, only and plain(only)] or not asked
        if differs != bool(outdated):
            self._outdated[id] = differs
        return not differs and bool(settled) and level in levels

    def store(self, results: Iterable[Result]) -> None:
        """Store results, all of them or none, each in place of the one that there was, then write their report files.

        Decisions that stand for the same submission are put into them.
        """
        stored: list[tuple[str, Report, Mapping[str, str]]] = []
        with self._noting():
            for result in results:
                id = plain(result.id)
                report = applied(result.report, self.decisions(id, result.report.submission_sha256))
                self._put(id, report, now())
                stored.append((id, report, result.pages if report is result.report else {}))
        for id, report, given in stored:
            self._write(id, name_for(id), report, given, lasting=False)

    def settle(self) -> None:
        """Bring the files in `reports/` in line with the class.

        What is due, missing or empty is written, and is on the disk when this returns; files of those who have left the
        class are removed. Raises CheckpointError for a damaged report of which the files are to be made.
        """
        self._align(lasting=True)
        if self._written:
            with self._noting():
                pass

    def finish(self) -> None:
        """Remember that the latest run came to its end; all files are as with `settle`, and on the disk before that."""
        self._align(lasting=not hasattr(os, "sync"))
        if hasattr(os, "sync"):
            os.sync()  # once for all, which is faster than one by one
        with self._noting():
            self.connection.execute("UPDATE runs SET finished = ? WHERE id = (SELECT MAX(id) FROM runs)", (now(),))

    # What it holds.

    def counts(self) -> Counts:
        """Return how the class stands."""
        row = self._row(
            "SELECT (SELECT COUNT(*) FROM roster), COALESCE(SUM(NOT ours), 0), COALESCE(SUM(NOT ours AND passed), 0), "
            "COALESCE(SUM(NOT ours AND NOT passed AND open = 0), 0), COALESCE(SUM(NOT ours AND open > 0), 0), "
            "COALESCE(SUM(ours), 0) FROM marks"
        )
        return Counts(*cast("tuple[int, ...]", row))

    def latest(self) -> Latest | None:
        """Return what the latest run graded, None before the first one."""
        row = self._row("SELECT checkpoint_id, only_check, source FROM runs ORDER BY id DESC LIMIT 1")
        return row and Latest(*row)

    def report(self, id: str) -> Report:
        """Return the report of an id that `knows`."""
        (packed,) = cast("tuple[bytes]", self._row("SELECT report FROM results WHERE id = ?", plain(id)))
        return unpacked(packed, id, self._path)

    def check_ids(self) -> list[str]:
        """Return the ids of all checks that count for somebody, in the order of the checkpoint."""
        select = (
            "SELECT check_id FROM marks CROSS JOIN checks ON checks.id = marks.id GROUP BY 1 ORDER BY MIN(number), 1"
        )
        return [check for (check,) in self.rows(select)]

    def marks(self) -> Iterator[Mark]:
        """Yield what counts for each in the class, in its order."""
        select = (
            "SELECT roster.id, file, earned, possible, passed, cause, ours, complete FROM roster LEFT JOIN results "
            "ON results.id = roster.id AND NOT results.outdated ORDER BY roster.position"
        )
        each = "SELECT check_id, status, decision FROM checks WHERE id = ? ORDER BY number"
        for id, name, earned, possible, passed, cause, ours, complete in self.rows(select):
            if name is None:
                yield Mark(id)
                continue
            checks = list(self.rows(each, id))
            outcomes = {check: f"{decided} (decided)" if decided else status for check, status, decided in checks}
            left = tuple(check for check, status, decided in checks if complete and status in DECIDABLE and not decided)
            yield Mark(id, name, earned, possible, bool(passed), cause, bool(ours), outcomes, left)

    def open_checks(self, whose: str | None = None) -> Iterator[Open]:
        """Yield the checks that a person may decide and has not, by learner in the class's order; or of one alone."""
        select = (
            "SELECT marks.id, sha256, file, report FROM marks WHERE complete AND COALESCE(id = ?3, 1) AND EXISTS "
            "(SELECT 1 FROM checks WHERE id = marks.id AND decision IS NULL AND status IN (?1, ?2))"
        )
        for id, sha256, name, packed in self.rows(select, *DECIDABLE, whose and plain(whose)):
            earlier = self._decided("id = ? AND sha256 <> ? ORDER BY at", id, sha256)
            page = self.out / REPORTS / f"{name}.html"
            for check in unpacked(packed, id, self._path).checks:
                if check.outcome in DECIDABLE:
                    yield Open(id, check, page, earlier.get(check.id))

    def ids(self) -> list[str]:
        """Return the ids of all results."""
        return [id for (id,) in self.rows("SELECT id FROM results")]

    def knows(self, id: str) -> bool:
        """Say whether there is a result of an id, in the class or not."""
        return self._row("SELECT 1 FROM results WHERE id = ?", plain(id)) is not None

    def is_complete(self, id: str) -> bool:
        """Say whether an id that is known was graded to the end."""
        return bool(self._row("SELECT complete FROM results WHERE id = ?", plain(id))[0])

    def statuses(self, id: str) -> dict[str, str]:
        """Return what the checks themselves came to for an id, whatever was decided."""
        return dict(self.rows("SELECT check_id, status FROM checks WHERE id = ? ORDER BY number", plain(id)))

    def count_decided(self) -> int:
        """Return how many decisions count in the class."""
        select = "SELECT COUNT(*) FROM marks CROSS JOIN checks ON checks.id = marks.id WHERE decision IS NOT NULL"
        return cast("int", self._row(select)[0])

    def decisions(self, id: str, sha256: str | None = None) -> dict[str, Decision]:
        """Return by check what was decided about an id's submission, by default the one that was graded last."""
        latest = "id = ?1 AND sha256 = COALESCE(?2, (SELECT sha256 FROM results WHERE id = ?1))"
        return self._decided(latest, plain(id), sha256)

    # Decisions.

    def set_decision(self, id: str, check_id: str, decision: Decision | None) -> None:
        """Set what is decided about a check of the submission that was graded last, with None nothing; then `redo`."""
        key = (plain(id), check_id)
        self.connection.execute(
            "DELETE FROM decisions WHERE id = ?1 AND check_id = ?2 "
            "AND sha256 = (SELECT sha256 FROM results WHERE id = ?1)",
            key,
        )
        if decision is not None:
            self.connection.execute(
                "INSERT INTO decisions SELECT id, sha256, ?2, ?3, ?4, ?5, ?6 FROM results WHERE id = ?1",
                (*key, decision.verdict, plain(decision.reason), plain(decision.who), moment(decision.at)),
            )

    def redo(self, id: str) -> None:
        """Bring a result up to date with what is decided now; its report files are due then, see `settle`."""
        (graded,) = cast("tuple[str]", self._row("SELECT graded FROM results WHERE id = ?", plain(id)))
        self._put(plain(id), applied(self.report(id), self.decisions(id)), graded)

    # The file.

    def faults(self) -> AbstractContextManager[None]:
        """Turn what goes wrong with a disk into words of ours."""
        return file.faults(self._path)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Change the gradebook wholly or not at all."""
        with self.faults():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:  # SQLite ends it itself when the disk is full
                    self.connection.execute("ROLLBACK")
                raise

    def rows(self, select: str, *values: object) -> Iterator[Any]:
        """Yield the rows of a SELECT as tuples."""
        with self.faults():
            yield from self.connection.execute(select, values)

    @property
    def _path(self) -> Path:
        return self.out / file.NAME

    def _row(self, select: str, *values: object) -> Any:
        return next(self.rows(select, *values), None)

    def _decided(self, condition: str, *values: object) -> dict[str, Decision]:
        """Return the decisions for which a condition holds, by check."""
        select = f"SELECT check_id, verdict, reason, who, at FROM decisions WHERE {condition}"  # noqa: S608 - ours
        return {
            check: Decision(cast("Verdict", verdict), reason, who, datetime.fromisoformat(at))
            for check, verdict, reason, who, at in self.rows(select, *values)
        }

    def _latest(self, column: str) -> Any:
        row = self._row(f"SELECT {column} FROM runs ORDER BY id DESC LIMIT 1")  # noqa: S608 - ours
        return row and row[0]

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Change the gradebook, and note what was found out before: who counts no longer, whose files are written."""
        with self.changing():
            changed = ((outdated, id) for id, outdated in self._outdated.items())
            self.connection.executemany("UPDATE results SET outdated = ? WHERE id = ?", changed)
            self.connection.executemany("UPDATE results SET due = 0 WHERE id = ?", ((id,) for id in self._written))
            yield
        self._outdated.clear()
        self._written.clear()

    def _put(self, id: str, report: Report, graded: str) -> None:
        """Write a result and its checks; its report files are due."""
        self._written.discard(id)
        self._insert("OR REPLACE INTO results", result_row(id, name_for(id), report, graded))
        self.connection.execute("DELETE FROM checks WHERE id = ?", (id,))
        values = ", ".join("?" * 12)
        self.connection.executemany(f"INSERT INTO checks VALUES ({values})", check_rows(id, report))  # noqa: S608 - ours

    def _insert(self, into: str, row: Mapping[str, object]) -> None:
        names, values = ", ".join(row), ", ".join("?" * len(row))
        self.connection.execute(f"INSERT {into} ({names}) VALUES ({values})", (*row.values(),))  # noqa: S608 - ours

    def _write(self, id: str, name: str, report: Report, given: Mapping[str, str], *, lasting: bool) -> None:
        """Write the report files of a result, those that are not given as the latest run says."""
        with self.faults():
            pages.write(self.out, name, report, given, reveal=bool(self._latest("reveal")), lasting=lasting)
        self._written.add(id)

    def _align(self, *, lasting: bool) -> None:
        """Bring the files in `reports/` in line with the class."""
        with self._noting():
            pass
        with self.faults():
            for (name,) in self.rows("SELECT file FROM results WHERE id NOT IN (SELECT id FROM roster)"):
                pages.remove(self.out, name)
        for id, name, due in self.rows("SELECT id, file, due FROM roster JOIN results USING (id)"):
            if due or not pages.is_there(self.out, name):
                self._write(id, name, self.report(id), {}, lasting=lasting)

    def _mend(self) -> None:
        """Write again what is due in the class, and what runs since the last one that ended may have left broken."""
        with self.faults():
            pages.sweep(self.out)
        unended = "id > COALESCE((SELECT MAX(id) FROM runs WHERE finished IS NOT NULL), 0)"
        select = (
            "SELECT id, file, due FROM roster JOIN results USING (id) "  # noqa: S608 - ours
            f"WHERE due OR graded >= (SELECT MIN(started) FROM runs WHERE {unended})"
        )
        for id, name, due in self.rows(select):
            if due or not pages.is_whole(self.out, name):
                try:
                    report = self.report(id)
                except CheckpointError:  # is said when it is needed: `--again` must be able to begin
                    continue
                self._write(id, name, report, {}, lasting=True)
