"""Read back what a learner has done at a checkpoint so far."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar, get_args

from checkpoint.commands import keeping
from checkpoint.model import Status
from checkpoint.past import Asked, Past, Sat, Try

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from checkpoint.attempts import Attempt, Attempts
    from checkpoint.commands.grade import Graded
    from checkpoint.model import Course

Value = TypeVar("Value")


def past(history: Attempts, course: Course) -> Past:
    """Return what was done at a checkpoint so far."""
    now = nothing(course)
    with _sensible(history):
        return _past(now, history.of(course.checkpoint.id, now.quiz), history.hints(course.checkpoint.id))


def nothing(course: Course) -> Past:
    """Return the past of somebody who has not begun, or of whom nothing is known."""
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
    """Return what names the quiz as it is now: "" if its file cannot be read, None if there is none."""
    if course.checkpoint.quiz is None:
        return None
    try:
        return sha256((course.root / course.checkpoint.quiz).read_bytes()).hexdigest()
    except OSError:
        return ""


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
    goes_on = last_sat is not None and not last_sat.finished and not _is_partial(last_sat.record.get("terms", {}))
    return replace(
        now,
        tries=tuple(_try(number, attempt) for number, attempt in enumerate(tries, 1)),
        sittings=tuple(_sat(attempt) for attempt in finished if attempt.kind == "quiz"),
        begun=last_sat.subject if last_sat is not None and goes_on else None,
        hints=hints,
    )


def _try(number: int, attempt: Attempt) -> Try:
    """Return an attempt as a try; raises KeyError, TypeError, ValueError or OverflowError if its record is none."""
    record = attempt.record
    only = record["only"]
    return Try(
        number, attempt.started.astimezone(), _a(str, record["path"]), _a(str, record["main"]), attempt.content or "",
        attempt.subject, _a(int, record["seed"]), int(attempt.earned or 0), int(attempt.possible or 0), attempt.passed,
        None if only is None else _a(str, only), tuple(_asked(check) for check in _a(list, record["checks"])),
    )  # fmt: skip


def _asked(check: Mapping[str, Any]) -> Asked:
    if check["status"] not in get_args(Status):
        raise ValueError(check["status"])
    return Asked(
        _a(str, check["id"]), _a(str, check["title"]), check["status"], _a(int, check["points"]),
        _a(int, check["max_points"]), _a(int, check["hints"]), bool(check["hidden"]),
    )  # fmt: skip


def _sat(attempt: Attempt) -> Sat:
    record: Mapping[str, Any] = attempt.record
    return Sat(
        attempt.started.astimezone(), attempt.subject, int(attempt.earned or 0), int(attempt.possible or 0),
        attempt.passed, record.get("mode") == "exam", _is_partial(record),
    )  # fmt: skip


def _is_partial(terms: Mapping[str, Any]) -> bool:
    """Say whether only some of the questions were asked."""
    return bool(terms.get("missed") or terms.get("count"))


def _a(kind: type[Value], value: object) -> Value:
    """Return a value of this type as it is; raises TypeError for another: JSON holds whatever somebody wrote there."""
    if not isinstance(value, kind):
        raise TypeError(f"{value!r:.60} is no {kind.__name__}")
    return value


@contextmanager
def _sensible(history: Attempts) -> Iterator[None]:
    """Tell of a record that somebody has edited."""
    try:
        yield
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise history.nonsense(error) from None
