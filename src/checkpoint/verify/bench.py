"""Judge solution and starter in this process: with other seeds, in another order of checks, with one check alone."""

from __future__ import annotations

import os
import random
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Self

from checkpoint import intake
from checkpoint.errors import BrokenCheckpoint, GradingError, RefusedSubmission
from checkpoint.judge import runner
from checkpoint.judge.reference import Reference
from checkpoint.judge.session import Options, judge_each
from checkpoint.judge.stopped import Stopped
from checkpoint.model import Submission
from checkpoint.worker import launch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checkpoint.judge.api import Spec
    from checkpoint.model import Course, Report


class Bench:
    """Hold what all runs share: the checkpoint, its two apps, and what workers come from.

    `checks` has what the author says of each check, in the order in which they are run; `starter` is why there is none
    that could be taken in, if so.
    """

    def __init__(self, course: Course) -> None:
        """Take both apps in; raises BrokenCheckpoint if the solution or the checks cannot be used."""
        self._course = course
        limits = course.checkpoint.limits
        try:
            self.solution = intake.take(course.solution, limits)
        except RefusedSubmission as error:
            raise BrokenCheckpoint(f"the solution: {error.message}", where=error.where, help=error.help) from None
        self.starter = _starter(course)
        with _quiet():
            self.checks: dict[str, Spec] = runner.collect(course, None).specs
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
        """Return the report on each of these submissions; raises GradingError if one of them could not be judged."""
        reports: list[Report] = []
        options = Options(seed, only, order_seed=order_seed)
        try:
            with _quiet():
                judge_each(self._course, given, self._reference, self._launcher, options, reports.append)
        except Stopped as stopped:
            raise stopped.problem from None
        if not self._launcher.alive:
            raise GradingError("the process that starts workers has died", help="try again")
        return reports


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
