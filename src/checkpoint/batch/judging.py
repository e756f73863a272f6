"""Judge chunks of submissions in this process: what a batch runs on each core, here or on another machine.

A judge is warm: its zygote, the solution's answers and all that was imported serve one chunk after the other.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Self

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.batch.tasks import Result
from checkpoint.errors import BrokenCheckpoint, GradingError, RefusedSubmission
from checkpoint.judge import runner
from checkpoint.judge.reference import Reference
from checkpoint.judge.session import Options, Refused, judge_each, unjudged
from checkpoint.judge.stopped import Stopped
from checkpoint.report import render
from checkpoint.worker import launch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from checkpoint.batch.tasks import Task
    from checkpoint.model import Level, Report, Submission
    from checkpoint.worker.launch import Launcher

TRIES = 3  # of one submission, before what goes wrong in our own processes is taken to be its doing
PAGES = ("json", "html")


@dataclass(frozen=True, slots=True)
class Setup:
    """Say how all submissions of a batch are judged.

    `root` is the checkpoint's folder, where the judge runs, and `fingerprint` what it must have; below the level
    `required` nothing is run.
    """

    root: Path
    fingerprint: str
    seed: int
    only: str | None = None
    required: Level = "none"
    reveal: bool = False


class _Killed(Exception):
    """An app's process was killed, which may not have been its own doing."""


def result(id: str, report: Report, *, reveal: bool) -> Result:
    """Return the result that a report makes, with the texts of its files."""
    return Result(id, report, {name: render(name, report, reveal=reveal) for name in PAGES})


class Judge:
    """Judge chunks with one zygote, which is replaced when it dies."""

    def __init__(self, setup: Setup) -> None:
        """Load the checkpoint and start what workers come from.

        Raises BrokenCheckpoint if it is not whole or not the one that is meant, WrongUsage if it has no check of the
        name in `setup.only`, GradingError if isolation here is below what is required.
        """
        self._setup = setup
        self._course = courses.load(setup.root)
        if self._course.fingerprint != setup.fingerprint:
            raise BrokenCheckpoint(
                "the checkpoint has changed since this batch began",
                where=str(setup.root),
                help="start again: what is graded already and still holds is not graded again",
            )
        with _quiet():
            runner.collect(self._course, setup.only)
        self._limits = self._course.checkpoint.limits
        self._solution = intake.take(self._course.solution, self._limits)
        self._launcher: Launcher | None = None
        self._reference: Reference | None = None
        self._frozen = False
        self._start()

    def __enter__(self) -> Self:
        """Return the judge, which ends with the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """End what was started."""
        self.close()

    def close(self) -> None:
        """End what was started, and wait until nothing is left of it."""
        if self._reference is not None:
            self._reference.close()
        if self._launcher is not None:
            self._launcher.wait()
        self._launcher = self._reference = None

    def judge(self, tasks: Sequence[Task]) -> list[Result]:
        """Return what came of these tasks, in their order.

        Raises BrokenCheckpoint or WrongUsage for what no submission is the cause of, and GradingError if nothing can be
        started here at all.
        """
        reports: list[Report] = []
        tries = 0  # of the task whose turn it is
        with _quiet():
            while len(reports) < len(tasks):
                before = len(reports)
                problem, report = self._go_on(tasks[before:], reports, again=tries > 0)
                if problem is None:
                    break
                tries = tries + 1 if len(reports) == before else 1
                if isinstance(problem, _Killed):
                    continue
                if tries < TRIES and isinstance(problem, GradingError):
                    pass
                elif report is None:
                    raise problem
                else:
                    reports.append(report)
                    tries = 0
                self.close()
                self._start()
            # All together: the second one is drawn in half the time of the first.
            results = [
                result(task.id, report, reveal=self._setup.reveal) for task, report in zip(tasks, reports, strict=True)
            ]
        if tasks and not self._frozen:  # nothing to judge warms nothing up
            gc.collect()
            gc.freeze()  # what is there by now stays: looking through it for garbage again and again is for nothing
            self._frozen = True
        return results

    def _go_on(
        self, tasks: Sequence[Task], reports: list[Report], *, again: bool
    ) -> tuple[Exception | None, Report | None]:
        """Add the reports on these tasks; return what ended that early, and the report on the task that it happened in.

        What our own processes spoil by dying does not count, nor, unless the first task is tried `again`, what the
        kernel may have: where a machine has too little memory it kills an app for what others use.
        """
        assert self._launcher is not None  # noqa: S101 - for the type checker
        assert self._reference is not None  # noqa: S101
        launcher, before = self._launcher, len(reports)
        killed = [launcher.killed]
        spoilt: list[tuple[Exception, Report]] = []

        def tell(report: Report) -> None:
            if spoilt:
                return
            if any(check.status == "error" for check in report.checks) and not launcher.alive:
                spoilt.append((GradingError("the process that starts workers has died"), report))
            elif launcher.killed > killed[-1] and len(reports) >= before + again:
                spoilt.append((_Killed(), report))
            else:
                reports.append(report)
            killed.append(launcher.killed)

        given = (_given(task) for task in takewhile(lambda _task: not spoilt, tasks))
        options = Options(self._setup.seed, self._setup.only, self._limits, reveal=self._setup.reveal)
        try:
            judge_each(self._course, given, self._reference, launcher, options, tell)
        except Stopped as stopped:
            if not isinstance(stopped.problem, Exception) or isinstance(stopped.problem, BrokenCheckpoint):
                raise stopped.problem from None
            return spoilt[0] if spoilt else (stopped.problem, stopped.report)
        except GradingError as problem:
            return spoilt[0] if spoilt else (problem, None)
        return spoilt[0] if spoilt else (None, None)

    def _start(self) -> None:
        self._launcher = launch.start(self._setup.required)
        try:
            self._launcher.wall(self._limits)
        except BaseException:
            self.close()
            raise
        self._reference = Reference(self._solution, self._launcher, self._limits)


def _given(task: Task) -> Submission | Refused:
    if task.submission is not None:
        return task.submission
    return Refused(task.shown, task.refused or RefusedSubmission("it could not be taken in"))


def given_up(setup: Setup, task: Task, why: str) -> Result:
    """Return the result of a task that cannot be judged, which is no fault of the learner's."""
    course = courses.load(setup.root)
    with _quiet():
        report = unjudged(course, task.shown, setup.seed, setup.only, GradingError(why))
    sha256 = task.submission.sha256 if task.submission is not None else ""
    return result(task.id, replace(report, submission_sha256=sha256), reveal=setup.reveal)


@contextmanager
def _quiet() -> Iterator[None]:
    """Let what checks print go nowhere: it would be about a submission of which nobody sees the name."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        yield
