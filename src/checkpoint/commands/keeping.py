"""Keep a learner's own attempts."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint import course as courses
from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from checkpoint.attempts import Attempt, Attempts
    from checkpoint.commands.grade import Graded
    from checkpoint.model import Course, Report, Submission

TEXT_BYTES = 256 * 1024  # of one attempt; what goes beyond is kept as a name only


def keep(done: Graded) -> None:
    """Keep an attempt at an exercise, if it is somebody's own: not in CI, and not when the solution was graded.

    A mark never depends on that, so where the history cannot be written nothing is said.
    """
    course, submission = done.course, done.submission
    if course is None or submission is None or courses.in_ci() or is_reference(course, submission.path):
        return
    with suppress(CheckpointError, OSError), opened() as history:
        history.add(attempt(done.report, course, submission), texts(submission))


def is_reference(course: Course, path: str | Path) -> bool:
    """Say whether what lies there is the course's own solution, or a part of it."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(course.solution))


def attempt(report: Report, course: Course, submission: Submission) -> Attempt:
    """Return an attempt as it is kept."""
    from checkpoint.attempts import Attempt

    score, passed = report.score, report.passed and report.only is None
    return Attempt(
        0, "grade", course.fingerprint, report.started_at, datetime.now(UTC), passed, score.earned, score.possible,
        _record(report, submission), course.checkpoint.id, submission.sha256,
    )  # fmt: skip


def _record(report: Report, submission: Submission) -> dict[str, Any]:
    """Return what is kept of a report; of hidden checks no more than was shown."""
    from checkpoint.report.hidden import without_hidden

    report = without_hidden(report)
    return {
        "title": report.checkpoint_title,
        "path": os.path.abspath(submission.path),  # noqa: PTH100 - links stay as they were typed
        "main": submission.main,
        "seed": report.seed,
        "only": report.only,
        "checks": [
            {
                "id": check.id,
                "title": check.title,
                "status": check.outcome,
                "points": check.points,
                "max_points": check.max_points,
                "hints": len(check.hints),
                "hidden": check.visibility != "visible",
            }
            for check in report.checks
        ],
    }


def texts(submission: Submission) -> dict[str, str | None]:
    """Return the texts of what is graded by their names; None for what is no text, and beyond TEXT_BYTES."""
    kept: dict[str, str | None] = {}
    room = TEXT_BYTES
    for name in sorted(submission.files, key=lambda name: (name != submission.main, name)):
        data = submission.files[name]
        kept[name] = None
        if len(data) <= room:
            with suppress(SyntaxError, LookupError, ValueError):
                kept[name] = data.decode(_encoding(data) if name.endswith(".py") else "utf-8")
                room -= len(data)
    return kept


def _encoding(data: bytes) -> str:
    """Return the encoding that a Python file says it has; a byte order mark stays, for it is a difference."""
    from checkpoint.judge.source import encoding_of

    found = encoding_of(data)
    return "utf-8" if found == "utf-8-sig" else found


@contextmanager
def opened() -> Iterator[Attempts]:
    """Provide the history; raises CheckpointError where there can be none."""
    try:
        from checkpoint.attempts import Attempts, place
    except ImportError as error:
        raise CheckpointError(
            f"there is no history of attempts: this Python has no SQLite ({error})", help="use a Python that has it"
        ) from None
    with closing(Attempts(place())) as history:
        yield history
