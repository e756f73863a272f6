"""Give a learner a past: attempts that are kept as `checkpoint grade` keeps them, without any app being run."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.commands import keeping
from checkpoint.commands.grade import Graded
from checkpoint.model import CheckResult, Limits

from ..report.reports import report

if TYPE_CHECKING:
    from pathlib import Path

    from checkpoint.model import Status

NOW = datetime.now(UTC)
CHECKS = """
from checkpoint import check


@check(points=2, hints=["Look at the word.", "It is a place.", "Write world."])
def test_hello(learner, solution):
    '''It says hello.'''
    assert learner.get("/").text == solution.get("/").text


@check(points=1, needs="hello", visibility="hidden", hints=["Not for you."])
def test_secret(learner):
    '''It keeps a secret.'''


@check(points=1)
def test_plain(learner):
    '''It has no hints.'''
"""
QUIZ = """
quiz: Small
time: 5m
pass: 60%
shuffle: none
questions:
  - ask: Which one?
    options: [( ) this, (x) that]
    why: It is that.
  - ask: Which word?
    answer: flask
    why: It holds.
"""
WITH_QUIZ = """
from checkpoint import Checkpoint

checkpoint = Checkpoint(id="hello", title="Hello", quiz="quiz.yaml", up_next="Farewell")
"""


def graded(course: Path, app: Path, *statuses: Status, only: str | None = None, at: datetime = NOW) -> None:
    """Keep an attempt: the statuses of the checks `hello` (2 points, 3 hints), `secret` and `plain` (1 point each)."""
    checks = (("hello", 2, 3), ("secret", 1, 1), ("plain", 1, 0))
    results = [
        CheckResult(
            name,
            f"It is {name}",
            status,
            points,
            hints=("a hint",) * hints,
            visibility="hidden" if name == "secret" else "visible",
        )
        for (name, points, hints), status in zip(checks, statuses, strict=False)
    ]
    loaded = courses.load(course)
    made = report(
        *results,
        checkpoint_id=loaded.checkpoint.id,
        checkpoint_title=loaded.checkpoint.title,
        only=only,
        started_at=at,
    )
    keeping.keep(Graded(made, loaded, intake.take(app, Limits())))


def sat(course: Path, *, passed: bool, file: str = "quiz.yaml", **terms: object) -> None:
    """Keep a sitting of the checkpoint's quiz; `terms` go into its record."""
    earned = 2 if passed else 1
    definition = courses.load(course).checkpoint
    record = {
        "mode": "practice", "missed": False, "count": None,
        "checkpoint": {"id": definition.id, "title": definition.title}, **terms,
    }  # fmt: skip
    sha256 = hashlib.sha256((course / file).read_bytes()).hexdigest()
    with keeping.opened() as history:
        number = history.begin("quiz", sha256, {}, definition.id)
        history.finish(number, record, passed=passed, earned=earned, possible=2)
