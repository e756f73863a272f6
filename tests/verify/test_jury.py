"""The jury: every submission comes back with its report, or it is said which one cannot be judged."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from checkpoint.batch.pool import Outcome
from checkpoint.batch.tasks import Result, Task
from checkpoint.errors import BrokenCheckpoint, GradingError
from checkpoint.model import Stop
from checkpoint.verify.jury import DEATHS, reports_on
from tests.verify.conftest import statuses

if TYPE_CHECKING:
    from checkpoint.batch.pool import Chunk


@dataclass
class Judges:
    """Judge nothing; whoever is in `kills` takes its judge with it, so many times."""

    kills: dict[str, int] = field(default_factory=dict)
    trouble: Exception | None = None
    unfinished: bool = False
    size: int = 2
    waiting: deque[Chunk] = field(default_factory=deque)

    @property
    def room(self) -> int:
        return 2 - len(self.waiting)

    def send(self, chunk: Chunk) -> None:
        assert self.room > 0
        self.waiting.append(chunk)

    def next(self, _seconds: float) -> Outcome | None:
        chunk = self.waiting.popleft()
        deadly = next((task.id for task in chunk if self.kills.get(task.id)), None)
        if deadly:
            self.kills[deadly] -= 1
            return Outcome(chunk)
        report = replace(statuses("x"), stopped=Stop("failed", "nobody could judge it") if self.unfinished else None)
        return Outcome(chunk, [Result(task.id, report) for task in chunk], self.trouble)

    def finish(self) -> None:
        """End nothing."""

    def close(self) -> None:
        """End nothing."""


TASKS = [Task(f"m{number}", "app.py", None) for number in range(20)]


def judged(judges: Judges) -> list[str]:
    told: list[tuple[int, int]] = []
    reports = reports_on(TASKS, judges, lambda: None, lambda done, of: told.append((done, of)))
    assert told[-1] == (len(TASKS), len(TASKS))
    return sorted(reports)


def test_each_one_is_judged():
    assert judged(Judges()) == sorted(task.id for task in TASKS)


def test_who_takes_its_judge_along_is_tried_again_and_so_are_those_beside_it():
    assert judged(Judges({"m3": DEATHS - 1})) == sorted(task.id for task in TASKS)


def test_who_always_does_is_named():
    with pytest.raises(GradingError, match="m3: 3 processes that judged it died"):
        judged(Judges({"m3": DEATHS}))


def test_what_could_not_be_judged_is_no_verdict():
    with pytest.raises(GradingError, match="nobody could judge it"):
        judged(Judges(unfinished=True))


def test_what_is_wrong_with_the_checkpoint_ends_it():
    with pytest.raises(BrokenCheckpoint):
        judged(Judges(trouble=BrokenCheckpoint("it has changed")))


def test_whoever_wants_an_end_is_heard():
    def heed() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reports_on(TASKS, Judges(), heed, lambda done, of: None)
