"""Judge one submission: the verb of this room.

`judge` starts both apps behind the wall, lets pytest run the checks, and makes the Report of it.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint.errors import BrokenCheckpoint, CheckpointError, RefusedSubmission
from checkpoint.judge import isolation, runner
from checkpoint.judge import run as running
from checkpoint.judge.stopped import Stopped
from checkpoint.judge.summary import NOTHING_RAN, UNFINISHED, Summary, why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    from checkpoint.judge.run import Run
    from checkpoint.model import Course, Limits, Report, Stop, Submission
    from checkpoint.worker.launch import Launcher

    class Progress(Protocol):
        """Be told before each check which it is; `so_far` gives the report until then."""

        def __call__(self, number: int, of: int, title: str, so_far: Callable[[], Report]) -> None:
            """Hear of one check."""


def _unheard(number: int, of: int, title: str, so_far: Callable[[], Report]) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller chose for one run: the seed, one check alone, other limits, who hears of progress.

    Unless `reveal`, what is printed by checks that are hidden goes nowhere.
    """

    seed: int
    only: str | None = None
    limits: Limits | None = None
    progress: Progress = _unheard
    reveal: bool = False


def judge(course: Course, submission: Submission, solution: Submission, launcher: Launcher, options: Options) -> Report:
    """Return the report on a submission.

    Raises WrongUsage if there is no check of the name in `options.only`, BrokenCheckpoint if the checks cannot be
    run, GradingError if nothing could be started, and Stopped if the run did not come to its end after that.
    """
    limits = options.limits or course.checkpoint.limits
    summary = Summary(course, submission.path, options.seed, submission.sha256, options.only)
    run = running.begin(course, submission, solution, launcher, limits, options.seed, options.only)

    def so_far(stopped: Stop) -> Report:
        wall = isolation.describe(launcher.known) if launcher.known else NOTHING_RAN
        return summary.of(run, wall, stopped)

    try:
        run.reveal = options.reveal
        run.progress = partial(options.progress, so_far=partial(so_far, UNFINISHED))
        runner.run_checks(run)
        return summary.of(run, isolation.describe(launcher.wall(limits)))
    except (Exception, KeyboardInterrupt) as problem:
        if not run.specs or (isinstance(problem, BrokenCheckpoint) and not run.results):
            raise
        raise Stopped(so_far(why(problem)), problem) from problem
    finally:
        with suppress(KeyboardInterrupt):  # what there is to tell is known by now
            run.close()


def unjudged(course: Course | None, path: str, seed: int, only: str | None, problem: BaseException) -> Report:
    """Return the report when `problem` came before anything could be judged.

    What cannot be taken in has earned nothing; all else is no fault of the learner's.
    """
    summary = Summary(course, path, seed, only=only)
    if course is None or isinstance(problem, KeyboardInterrupt):  # who has no time has none for finding checks
        return summary.unrun({}, why(problem))
    try:
        specs = runner.collect(course, only).specs
    except CheckpointError as broken:
        return summary.unrun({}, why(broken))
    if isinstance(problem, RefusedSubmission):
        return summary.refused(specs, problem)
    return summary.unrun(specs, why(problem))


@contextmanager
def author_run(checks: str, path: str, seed: int) -> Iterator[Run]:
    """Provide a run for an author's own pytest session.

    Raises CheckpointError if the checkpoint or the submission is not there.
    """
    from checkpoint import course as courses
    from checkpoint import intake
    from checkpoint.worker import launch

    course = courses.find(Path(checks.partition("::")[0]))
    limits = course.checkpoint.limits
    launcher = launch.start()
    try:
        run = running.begin(
            course, intake.take(Path(path), limits), intake.take(course.solution, limits), launcher, limits, seed
        )
        yield run
        run.close()
    finally:
        launcher.wait()
