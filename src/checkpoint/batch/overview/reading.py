"""Read an overview out of a gradebook, with SQL that counts: what is held in memory is what the page shows."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from checkpoint.batch.overview.alike import alike
from checkpoint.batch.overview.figures import (
    CheckFigures,
    Crashes,
    Decision,
    Failure,
    Learner,
    Overview,
    Remark,
    Remarks,
    Run,
    Scores,
    Slow,
    Standing,
    Undecided,
    Who,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

BINS = 21  # of 5 percent each; full marks have the last one to themselves
LEARNERS = 20_000  # rows of the table: what a browser still takes
_FAILURES = 15
_FEW = 5  # learners named for each kind of failure and crash
_SLOWEST = 10
_REMARKS = 25  # of each kind, and of each check
_DECISIONS = 100
_WORDS = 2000  # characters of a message or reason

# Who is in the class, and where they stand. What could not be taken in has no hash, and its cause is just that.
_LEARNER = """
CREATE TEMP TABLE learner AS SELECT
    roster.id, position, warning, file, sha256, earned, possible, duration_ms, sha256 = '' AS refused,
    CASE WHEN sha256 <> '' THEN cause END AS cause,
    CASE WHEN possible > 0 THEN MAX(0, MIN(100, earned * 100.0 / possible)) ELSE 100 END AS percent,
    CASE
        WHEN results.id IS NULL THEN 'waiting'
        WHEN NOT complete THEN 'stopped'
        WHEN ours THEN 'fault'
        WHEN open > 0 THEN 'undecided'
        WHEN passed THEN 'passed'
        ELSE 'failed'
    END AS state
FROM roster LEFT JOIN results ON results.id = roster.id AND NOT outdated ORDER BY position
"""
_OUTCOME = """
CREATE TEMP VIEW outcome AS SELECT
    learner.id, position, file, refused, check_id, number, title, max_points, visibility, message, decision,
    COALESCE(decision, status) AS outcome
FROM learner JOIN checks ON checks.id = learner.id WHERE state NOT IN ('stopped', 'waiting')
"""
_GRADED = "CREATE TEMP VIEW graded AS SELECT * FROM learner WHERE state IN ('passed', 'failed', 'undecided')"
_REFUSAL = "(SELECT message FROM checks WHERE checks.id = learner.id AND status = 'failed' ORDER BY number LIMIT 1)"
_DECIDED = "FROM decisions JOIN learner ON learner.id = decisions.id"


def read(connection: sqlite3.Connection, out: str = "OUT") -> Overview:
    """Return the overview of the class in the latest run's roster; `out` is what its folder is called.

    The tables are those that `batch.gradebook` keeps. Raises sqlite3.Error when there are none.
    """
    connection.create_function("alike", 1, alike, deterministic=True)
    with _class_of(connection):
        return _overview(connection, out)


@contextmanager
def _class_of(connection: sqlite3.Connection) -> Iterator[None]:
    """Provide `learner`, `graded` and `outcome`, outside of the gradebook's file, while it is read."""
    try:
        for make in (_LEARNER, _GRADED, _OUTCOME):
            connection.execute(make)
        yield
    finally:
        connection.execute("DROP VIEW IF EXISTS temp.outcome")
        connection.execute("DROP VIEW IF EXISTS temp.graded")
        connection.execute("DROP TABLE IF EXISTS temp.learner")


def _overview(db: sqlite3.Connection, out: str) -> Overview:
    """Return everything that the page shows."""
    failures, kinds = _failures(db)
    return Overview(
        out=out,
        run=_run(db),
        standing=Standing(**dict(db.execute("SELECT state, COUNT(*) FROM learner GROUP BY state"))),
        scores=_scores(db),
        checks=tuple(_checks(db)),
        failures=failures,
        failures_left=kinds - len(failures),
        crashes=tuple(_crashes(db)),
        slowest=tuple(_slowest(db)),
        undecided=tuple(_undecided(db)),
        refused=_remarks(db, _REFUSAL, "refused"),
        stopped=_remarks(db, "''", "state = 'stopped'"),
        waiting=_remarks(db, "''", "state = 'waiting'"),
        warnings=_remarks(db, "warning", "COALESCE(warning, '') <> ''"),
        decisions=tuple(_decisions(db)),
        decisions_count=db.execute(f"SELECT COUNT(*) {_DECIDED}").fetchone()[0],
        learners=tuple(_learners(db)),
    )


def _run(db: sqlite3.Connection) -> Run | None:
    """Return the latest run."""
    row = db.execute(
        "SELECT versions, checkpoint_id, title, pass_percent, started, finished, seed, only_check, source, fingerprint "
        "FROM runs ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    versions, *told = row
    return Run(tuple(sorted(json.loads(versions or "{}").items())), *told)


def _scores(db: sqlite3.Connection) -> Scores:
    """Return how the points are spread."""
    counts: list[dict[str, int]] = [{} for _ in range(BINS)]
    select = "SELECT CAST(percent * ? / 100 AS INTEGER), state, COUNT(*) FROM graded GROUP BY 1, 2"
    for number, state, count in db.execute(select, (BINS - 1,)):
        counts[number][state] = count
    mean, total = db.execute("SELECT AVG(percent), COUNT(*) FROM graded").fetchone()
    middle = "SELECT AVG(percent) FROM (SELECT percent FROM graded ORDER BY percent LIMIT ? OFFSET ?)"
    median = db.execute(middle, (2 - total % 2, max(total - 1, 0) // 2)).fetchone()[0]
    return Scores(tuple(Standing(**count) for count in counts), mean, median)


def _checks(db: sqlite3.Connection) -> Iterator[CheckFigures]:
    """Yield the checks in their order."""
    select = """
        SELECT check_id, title, max_points, visibility, SUM(outcome = 'passed'), SUM(outcome = 'failed'),
            SUM(outcome = 'blocked'), SUM(outcome = 'undecided'), SUM(outcome = 'error'), MIN(number) AS first
        FROM outcome GROUP BY check_id ORDER BY first, check_id
    """
    for row in db.execute(select):
        yield CheckFigures(*row[:-1])


def _failures(db: sqlite3.Connection) -> tuple[tuple[Failure, ...], int]:
    """Return the commonest kinds of failures, and how many kinds there are."""
    select = """
        WITH told AS (
            SELECT *, alike(message) AS kind FROM (
                SELECT check_id, title, number, position, id, file, SUBSTR(COALESCE(message, ''), 1, ?) AS message
                FROM outcome WHERE outcome = 'failed' AND decision IS NULL AND NOT refused
            )
        ),
        counted AS (
            SELECT *, COUNT(*) OVER kinds AS count, MIN(message) OVER kinds <> MAX(message) OVER kinds AS varied,
                MIN(number) OVER kinds AS first, ROW_NUMBER() OVER (kinds ORDER BY position) AS nth
            FROM told WINDOW kinds AS (PARTITION BY check_id, kind)
        )
        SELECT varied, check_id, title, count, message, id, file, nth, SUM(nth = 1) OVER () AS kinds FROM counted
        WHERE nth <= ? ORDER BY count DESC, first, check_id, kind, nth LIMIT ?
    """
    failures: list[Failure] = []
    rows = db.execute(select, (_WORDS, _FEW, _FEW * _FAILURES)).fetchall()
    for varied, *told, id, file, nth, _ in rows:
        if nth == 1:
            failures.append(Failure((), bool(varied), *told))
        failures[-1] = replace(failures[-1], learners=(*failures[-1].learners, Who(id, file)))
    return tuple(failures[:_FAILURES]), rows[0][-1] if rows else 0


def _crashes(db: sqlite3.Connection) -> Iterator[Crashes]:
    """Yield how apps ended, the commonest way first."""
    select = """
        SELECT * FROM (
            SELECT cause, COUNT(*) OVER (PARTITION BY cause) AS count, id, file,
                ROW_NUMBER() OVER (PARTITION BY cause ORDER BY position) AS nth
            FROM learner WHERE cause <> ''
        ) WHERE nth <= ? ORDER BY count DESC, cause, nth
    """
    for (cause, count), rows in groupby(db.execute(select, (_FEW,)), itemgetter(0, 1)):
        yield Crashes(cause, count, tuple(Who(id, file) for _, _, id, file, _ in rows))


def _slowest(db: sqlite3.Connection) -> Iterator[Slow]:
    """Yield those who took longest."""
    select = "SELECT id, file, duration_ms, cause FROM learner WHERE duration_ms > 0 ORDER BY 3 DESC, position LIMIT ?"
    for id, file, duration_ms, cause in db.execute(select, (_SLOWEST,)):
        yield Slow(Who(id, file), duration_ms, cause)


def _undecided(db: sqlite3.Connection) -> Iterator[Undecided]:
    """Yield the checks that a person can decide for somebody: those that are undecided, then those of our faults."""
    select = """
        SELECT * FROM (
            SELECT outcome, check_id, title, max_points, COUNT(*) OVER kind, MIN(number) OVER kind AS first, id, file,
                SUBSTR(COALESCE(message, ''), 1, ?), ROW_NUMBER() OVER (kind ORDER BY position) AS nth
            FROM outcome WHERE outcome IN ('undecided', 'error') WINDOW kind AS (PARTITION BY check_id, outcome)
        ) WHERE nth <= ? ORDER BY outcome DESC, first, check_id, nth
    """
    found = db.execute(select, (_WORDS, _REMARKS))
    for _, rows in groupby(found, itemgetter(0, 1)):
        first, *more = rows
        status, check, title, max_points, count, *_ = first
        remarks = tuple(Remark(Who(id, file), words) for *_, id, file, words, _ in (first, *more))
        yield Undecided(status, check, title, max_points, Remarks(count, remarks))


def _remarks(db: sqlite3.Connection, words: str, condition: str) -> Remarks:
    """Return what is to be said of the learners for whom `condition` holds."""
    count = db.execute(f"SELECT COUNT(*) FROM learner WHERE {condition}").fetchone()[0]  # noqa: S608  # both ours
    select = f"SELECT id, file, {words} FROM learner WHERE {condition} ORDER BY position LIMIT ?"  # noqa: S608  # likewise
    first = (Remark(Who(id, file), said or "") for id, file, said in db.execute(select, (_REMARKS,)))
    return Remarks(count, tuple(first))


def _decisions(db: sqlite3.Connection) -> Iterator[Decision]:
    """Yield what was decided, the latest first."""
    select = f"""
        SELECT decisions.sha256 IS learner.sha256 AND decision IS NOT NULL, learner.id, file, decisions.check_id,
            COALESCE(title, decisions.check_id), verdict, SUBSTR(COALESCE(reason, ''), 1, ?),
            COALESCE(who, ''), COALESCE(at, ''), COALESCE(status, '')
        {_DECIDED} LEFT JOIN checks ON checks.id = learner.id AND checks.check_id = decisions.check_id
        ORDER BY at DESC, position, number LIMIT ?
    """
    for counts, id, file, *told in db.execute(select, (_WORDS, _DECISIONS)):
        yield Decision(bool(counts), Who(id, file), *told)


def _learners(db: sqlite3.Connection) -> Iterator[Learner]:
    """Yield the rows of the table, in the class's order."""
    # For group_concat, SQLite keeps the order of what it is given (SF_OrderByReqd in its sources).
    select = """
        SELECT id, file, state, earned, possible, cause, (
            SELECT GROUP_CONCAT(outcome, ' ') FROM (
                SELECT COALESCE(decision, status) AS outcome FROM checks
                WHERE checks.id = learner.id AND state NOT IN ('stopped', 'waiting') ORDER BY number
            )
        ) FROM learner ORDER BY position LIMIT ?
    """
    for id, file, state, earned, possible, cause, outcomes in db.execute(select, (LEARNERS,)):
        each = tuple(outcomes.split()) if outcomes else ()
        yield Learner(Who(id, file), state, earned or 0, possible or 0, cause or None, each)
