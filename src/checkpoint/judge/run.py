"""Hold one grading run together while pytest works through the checks."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checkpoint.judge.app import App

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.errors import CheckpointError
    from checkpoint.judge.api import Spec
    from checkpoint.model import CheckResult, Course, Limits, Submission
    from checkpoint.worker.launch import Launcher


@dataclass
class Run:
    """What the plugin needs to know and finds out.

    `specs` are the checks to run, in order; `results` come in one by one; `problem` is what is wrong with
    the checkpoint, if something is; `progress` is called with (number, of, title) before each check;
    `told` is the check that has told the learner why the app cannot be loaded.
    """

    course: Course
    learner: App
    solution: App
    seed: int
    only: str | None = None
    progress: Callable[[int, int, str], None] = lambda number, of, title: None
    specs: dict[str, Spec] = field(default_factory=dict)
    results: dict[str, CheckResult] = field(default_factory=dict)
    problem: CheckpointError | None = None
    told: str | None = None

    def close(self) -> None:
        """End both apps."""
        self.learner.close()
        self.solution.close()


def begin(
    course: Course, submission: Submission, solution: Submission, launcher: Launcher, limits: Limits, seed: int
) -> Run:
    """Return a run whose apps are being loaded behind the wall while the caller goes on."""
    deadline = time.monotonic() + limits.run_seconds
    return Run(
        course,
        App("learner", submission, launcher, limits, deadline),
        App("solution", solution, launcher, course.checkpoint.limits, deadline),
        seed,
    )
