"""Judge solution and starter in this process: with other seeds, in another order of checks, with one check alone."""

from __future__ import annotations

import os
import random
from contextlib import contextmanager, nullcontext, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Self

from checkpoint import intake
from checkpoint.errors import BrokenCheckpoint, GradingError, RefusedSubmission
from checkpoint.judge import runner
from checkpoint.judge.reference import Reference
from checkpoint.judge.session import Options, judge_each
from checkpoint.judge.stopped import Stopped
from checkpoint.model import Submission
from checkpoint.verify.overdue import Overdue, alarm
from checkpoint.verify.places import place
from checkpoint.worker import launch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from checkpoint.judge.api import Spec
    from checkpoint.model import Course, Report

    Heeding = Callable[[], AbstractContextManager[None]]


class Bench:
    """Hold what all runs share: the checkpoint, its two apps, and what workers come from.

    `checks` has what the author says of each check, in the order in which they are run; `starter` is why there is none
    that could be taken in, if so.
    """

    def __init__(self, course: Course, check_seconds: float, heeding: Heeding = nullcontext) -> None:
        """Take both apps in; raises BrokenCheckpoint if the solution or the checks cannot be used.

        A check that takes longer than `check_seconds` hangs. The author's code runs inside of what `heeding` gives,
        which may raise KeyboardInterrupt at any time.
        """
        self._course, self._check_seconds, self._heeding = course, check_seconds, heeding
        limits = course.checkpoint.limits
        try:
            self.solution = intake.take(course.solution, limits)
        except RefusedSubmission as error:
            raise BrokenCheckpoint(f"the solution: {error.message}", where=error.where, help=error.help) from None
        self.starter = _starter(course)
        self.checks: dict[str, Spec] = self._collected()
        self._launcher = launch.start()
        self._reference = Reference(self.solution, self._launcher, limits)

    def __enter__(self) -> Self:
        """Return the bench, which ends with the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """End what was started, and wait until nothing is left of it."""
        self._reference.close()
        self._launcher.wait()

    @property
    def apps(self) -> list[Submission]:
        """Return solution and starter, as far as they are there."""
        return [self.solution, self.starter] if isinstance(self.starter, Submission) else [self.solution]

    def judge(
        self, given: Sequence[Submission], seed: int, *, order_seed: int | None = None, only: str | None = None
    ) -> list[Report]:
        """Return the report on each of these submissions.

        Raises GradingError if one of them could not be judged, BrokenCheckpoint if a check hangs.
        """
        reports: list[Report] = []
        running = ""
        with alarm(self._check_seconds) as set_back:

            def begun(number: int, of: int, title: str, so_far: Callable[[], Report]) -> None:
                nonlocal running
                running = title
                set_back()

            options = Options(seed, only, progress=begun, order_seed=order_seed)
            try:
                with self._heeding(), _quiet():
                    judge_each(self._course, given, self._reference, self._launcher, options, reports.append)
            except (Stopped, KeyboardInterrupt) as stopped:
                problem = stopped.problem if isinstance(stopped, Stopped) else stopped
                raise self._named(problem, running, given[len(reports)].path) from None
        if not self._launcher.alive:
            raise GradingError("the process that starts workers has died", help="try again")
        return reports

    def _collected(self) -> dict[str, Spec]:
        try:
            with alarm(self._check_seconds), self._heeding(), _quiet():
                return runner.collect(self._course, None).specs
        except Overdue:
            raise BrokenCheckpoint(
                "the files with the checks do not come to their end",
                where=place(self._course.checks),
                help="let nothing wait there outside of a check",
            ) from None

    def _named(self, problem: BaseException, title: str, path: str) -> BaseException:
        """Return what ended a run so that it names the check that was running."""
        spec = next((spec for spec in self.checks.values() if title == (spec.id if spec.hidden else spec.title)), None)
        if spec is None or not isinstance(problem, KeyboardInterrupt):
            return problem
        where = place(spec.file, spec.line)
        if isinstance(problem, Overdue):
            return BrokenCheckpoint(
                f"`{spec.id}` has not come to its end in {self._check_seconds:.0f} s, for {place(path)}",
                where=where,
                help="look what it waits for; every wait needs a bound",
            )
        problem.add_note(f"{where}: `{spec.id}` was running, for {place(path)}")
        return problem


def order_seeds(seed: int, runs: int, shuffled: int) -> list[tuple[int, int | None]]:
    """Return the seed of each run, and of its order of checks; None leaves that as it is."""
    seeds = [seed, *random.Random(seed).sample(range(2**32), runs - 1)]  # noqa: S311 - a seed is meant to be replayed
    return [(each, each if number >= runs - shuffled else None) for number, each in enumerate(seeds)]


def _starter(course: Course) -> Submission | RefusedSubmission:
    try:
        return intake.take(course.starter, course.checkpoint.limits)
    except RefusedSubmission as refused:
        return refused


@contextmanager
def _quiet() -> Iterator[None]:
    """Let what checks print go nowhere: of so many runs it would be nothing but noise."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        yield
