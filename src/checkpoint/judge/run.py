"""Hold one grading run together while pytest works through the checks."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.errors import CheckpointError
    from checkpoint.judge.api import Spec
    from checkpoint.judge.app import App
    from checkpoint.model import CheckResult, Course, Limits, Submission
    from checkpoint.worker.launch import Launcher


@dataclass
class Plan:
    """What there is to check: the checks that pytest finds, before anything is run.

    `only` is the check that is asked for alone, `reveal` says that hidden checks may be described, `discreet` that
    there are some, or that this is not known; `specs` are the checks to run, in order; `problem` is what is wrong with
    the checkpoint, `interrupt` what ended pytest early, if something did.
    """

    course: Course
    only: str | None = None
    reveal: bool = False
    discreet: bool = True
    specs: dict[str, Spec] = field(default_factory=dict)
    problem: CheckpointError | None = None
    interrupt: BaseException | None = None


@dataclass(kw_only=True)
class Run(Plan):
    """What the plugin needs to know and finds out.

    `results` come in one by one; `progress` is called with (number, of, title) before each check; `told` is the check
    that has told the learner why the app cannot be loaded; `hides` says that the check before was hidden, so that
    the app must not remember it.
    """

    learner: App
    solution: App
    seed: int
    progress: Callable[[int, int, str], None] = lambda number, of, title: None
    results: dict[str, CheckResult] = field(default_factory=dict)
    told: str | None = None
    hides: bool = False

    def close(self) -> None:
        """End both apps."""
        self.learner.close()
        self.solution.close()


def begin(
    course: Course,
    submission: Submission,
    solution: Submission,
    launcher: Launcher,
    limits: Limits,
    seed: int,
    only: str | None = None,
) -> Run:
    """Return a run whose apps are being loaded behind the wall while the caller goes on."""
    from checkpoint.judge.app import App  # and with it Flask, which a plan does without

    deadline = time.monotonic() + limits.run_seconds
    return Run(
        course,
        only,
        learner=App("learner", submission, launcher, limits, deadline),
        solution=App("solution", solution, launcher, course.checkpoint.limits, deadline),
        seed=seed,
    )
