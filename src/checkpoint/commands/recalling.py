"""Read back what a learner has done at a checkpoint so far."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from checkpoint.commands import keeping
from checkpoint.errors import CheckpointError
from checkpoint.report.past import Asked, Past, Sat, Try

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from checkpoint.attempts import Attempt, Attempts
    from checkpoint.commands.grade import Graded
    from checkpoint.model import Course


def past(history: Attempts, course: Course) -> Past:
    """Return what was done at a checkpoint so far."""
    now = nothing(course)
    with _sensible(history):
        return _past(now, history.of(course.checkpoint.id, now.quiz), history.hints(course.checkpoint.id))


def nothing(course: Course) -> Past:
    """Return the past of somebody of whom nothing is known."""
    definition = course.checkpoint
    return Past(definition.id, definition.title, fingerprint=course.fingerprint, quiz=_quiz_hash(course))


def of_today(course: Course, done: Graded, sitting: Mapping[str, Any] | None) -> Past:
    """Return the past of somebody of whom no more is known than this attempt and the record of this sitting."""
    from checkpoint.attempts import Attempt

    attempts = []
    if sitting is not None:
        now, score, quiz = datetime.now(UTC), sitting["score"], sitting["quiz"]["sha256"]
        passed, earned, possible = sitting["passed"], score["earned"], score["possible"]
        attempts.append(Attempt(0, "quiz", quiz, now, now, passed, earned, possible, dict(sitting)))
    if done.submission is not None:
        attempts.append(keeping.attempt(done.report, course, done.submission))
    return _past(nothing(course), attempts, {})


def all_pasts(history: Attempts) -> list[Past]:
    """Return what was done so far at each checkpoint, and at quizzes without one, in the order of their beginning."""
    with _sensible(history):
        found: dict[tuple[str | None, str], list[Attempt]] = {}
        for attempt in history.all():
            found.setdefault((attempt.checkpoint, "" if attempt.checkpoint else _title([attempt])), []).append(attempt)
        return [
            _past(Past(id, _title(attempts)), attempts, history.hints(id) if id else {})
            for (id, _), attempts in reversed(found.items())
        ]


def _quiz_hash(course: Course) -> str | None:
    """Return what names the quiz as it is now; None if there is none that can be read."""
    if course.checkpoint.quiz is None:
        return None
    try:
        return sha256((course.root / course.checkpoint.quiz).read_bytes()).hexdigest()
    except OSError:
        return None


def _title(attempts: Iterable[Attempt]) -> str:
    """Return what the latest of some attempts calls that which was attempted."""
    for attempt in attempts:
        record = attempt.record
        within = record.get("checkpoint") or record.get("quiz")
        title = record.get("title") or (within.get("title") if isinstance(within, dict) else None)
        if isinstance(title, str):
            return title
    return "quiz"


def _past(now: Past, latest_first: list[Attempt], hints: dict[str, int]) -> Past:
    finished = [attempt for attempt in reversed(latest_first) if attempt.finished]
    tries = [attempt for attempt in finished if attempt.kind == "grade"]
    last_sat = next((attempt for attempt in latest_first if attempt.kind == "quiz"), None)
    return replace(
        now,
        tries=tuple(_try(number, attempt) for number, attempt in enumerate(tries, 1)),
        sittings=tuple(_sat(attempt) for attempt in finished if attempt.kind == "quiz"),
        begun=last_sat.subject if last_sat is not None and not last_sat.finished else None,
        hints=hints,
    )


def _try(number: int, attempt: Attempt) -> Try:
    record = attempt.record
    return Try(
        number, attempt.started.astimezone(), record["path"], record["main"], attempt.content or "", attempt.subject,
        record["seed"], int(attempt.earned or 0), int(attempt.possible or 0), attempt.passed, record["only"],
        tuple(Asked(**check) for check in record["checks"]),
    )  # fmt: skip


def _sat(attempt: Attempt) -> Sat:
    record: Mapping[str, Any] = attempt.record
    return Sat(
        attempt.started.astimezone(), attempt.subject, int(attempt.earned or 0), int(attempt.possible or 0),
        attempt.passed, record.get("mode") == "exam", bool(record.get("missed") or record.get("count")),
    )  # fmt: skip


@contextmanager
def _sensible(history: Attempts) -> Iterator[None]:
    """Tell of a record that somebody has edited."""
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(
            f"the history of attempts cannot be used: a record in it makes no sense ({type(error).__name__}: {error})",
            where=str(history.path),
            help="move this file away to begin a new one",
        ) from None
