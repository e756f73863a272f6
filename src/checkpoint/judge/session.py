"""Judge submissions: the verb of this room.

`judge` starts both apps behind the wall, lets pytest run the checks, and makes the Report of it; `judge_each` does so
for many, with all that can be shared among them.
"""

from __future__ import annotations

from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checkpoint.errors import BrokenCheckpoint, CheckpointError, RefusedSubmission
from checkpoint.judge import isolation, runner
from checkpoint.judge.reference import Reference
from checkpoint.judge.run import Plan, Run
from checkpoint.judge.stopped import Stopped
from checkpoint.judge.summary import NOTHING_RAN, UNFINISHED, Summary, why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Protocol

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

    `seed` may also be what gives one for each submission: reports tell what was asked, so somebody who reads them and
    comes again is to be asked something else.
    Unless `reveal`, what is printed by checks that are hidden goes nowhere. `order_seed` shuffles the checks, each
    still behind those that it needs; None leaves them in the order of their files.
    """

    seed: int | Callable[[], int]
    only: str | None = None
    limits: Limits | None = None
    progress: Progress = _unheard
    reveal: bool = False
    order_seed: int | None = None


class Refused(NamedTuple):
    """Stand for a submission that could not be taken in: its path as the user gave it, and why not."""

    path: str
    problem: RefusedSubmission


def judge(course: Course, submission: Submission, solution: Submission, launcher: Launcher, options: Options) -> Report:
    """Return the report on a submission.

    Raises WrongUsage if there is no check of the name in `options.only`, BrokenCheckpoint if the checks cannot be
    run, GradingError if nothing could be started, and Stopped if the run did not come to its end after that.
    """
    reports: list[Report] = []
    reference = Reference(solution, launcher, course.checkpoint.limits)
    with closing(reference):
        judge_each(course, [submission], reference, launcher, options, reports.append)
    return reports[0]


def judge_each(
    course: Course,
    given: Iterable[Submission | Refused],
    reference: Reference,
    launcher: Launcher,
    options: Options,
    tell: Callable[[Report], None],
    *,
    ahead: bool = True,
) -> None:
    """Call `tell` with the report on each of these submissions, in this order; one pytest session serves them all.

    While one is judged the sources of the next one are read. It is loaded when its turn comes: it is to have no more
    time for that than others, and to take none of theirs. Unless `ahead`, the next one is asked for only when the
    report on the one before has been told: who gives them may have to wait for it. Raises what `judge` does; Stopped is
    about the one that was being judged.
    """
    judging = _Judging(course, given, reference, launcher, options, tell, ahead=ahead)
    try:
        runner.run_checks(judging.plan)
    except (Exception, KeyboardInterrupt) as problem:
        report = judging.stopped(problem)
        if report is None:
            raise
        raise Stopped(report, problem) from problem
    finally:
        with suppress(KeyboardInterrupt):  # what there is to tell is known by now
            judging.close()


class _Judging:
    """Bring one submission after the other before the checks: what is about to be judged, what is being judged."""

    def __init__(
        self,
        course: Course,
        given: Iterable[Submission | Refused],
        reference: Reference,
        launcher: Launcher,
        options: Options,
        tell: Callable[[Report], None],
        *,
        ahead: bool,
    ) -> None:
        self.plan = Plan(course, options.only, options.reveal, runs=self._runs(), order_seed=options.order_seed)
        self._course, self._reference, self._launcher, self._options = course, reference, launcher, options
        self._given, self._tell, self._ahead = iter(given), tell, ahead
        self._limits = options.limits or course.checkpoint.limits
        self._now: Run | None = None
        self._summary: Summary | None = None
        self._coming: Run | Refused | None = None
        self._prepare()
        if isinstance(self._coming, Run):
            self._coming.learner.load()  # nobody is judged meanwhile
            self._summary = self._summarize(self._coming)  # the first one takes as long as the setting up does

    def stopped(self, problem: BaseException) -> Report | None:
        """Return the report on the run that `problem` has ended; None if nothing can be said of any."""
        run = self._now or self._coming
        if not isinstance(run, Run) or not self.plan.specs:
            return None
        if isinstance(problem, BrokenCheckpoint) and not run.results:
            return None
        return self._so_far(run, why(problem))

    def close(self) -> None:
        """End the apps of all runs that are not yet over."""
        for run in (self._now, self._coming):
            if isinstance(run, Run):
                run.close()

    def _runs(self) -> Iterator[Run]:
        while (coming := self._taken()) is not None:
            self._now = coming if isinstance(coming, Run) else None
            if self._ahead:
                self._prepare()
            if isinstance(coming, Refused):
                summary = Summary(self._course, coming.path, self._seed(), only=self._options.only)
                self._tell(summary.refused(self.plan.specs, coming.problem))
                continue
            self._summary = self._summary or self._summarize(coming)
            coming.begin(self._limits.run_seconds)
            yield coming
            report = self._summary.of(coming, isolation.describe(self._launcher.wall(self._limits)))
            self._now = self._summary = None
            self._tell(report)
            with suppress(KeyboardInterrupt):
                coming.close()

    def _taken(self) -> Run | Refused | None:
        """Return what comes next; None if nothing does."""
        if self._coming is None:
            self._prepare()
        coming, self._coming = self._coming, None
        return coming

    def _prepare(self) -> None:
        """Let a worker come up for the next submission, while we go on."""
        from checkpoint.judge.app import App  # and with it Flask, which a plan does without

        if not self._ahead:  # there is time now, and maybe none when the next one has come
            self._reference.prepare()
            self._launcher.prepare(self._limits)
        coming, self._coming = next(self._given, None), None
        if coming is None or isinstance(coming, Refused):
            self._coming = coming
            return
        learner = App("learner", coming, self._launcher, self._limits)
        solution, shared = self._reference.app()
        run = Run(self.plan, learner, solution, self._seed(), shared=shared)
        run.progress = partial(self._options.progress, so_far=partial(self._so_far, run, UNFINISHED))
        self._coming = run

    def _so_far(self, run: Run, stopped: Stop) -> Report:
        wall = isolation.describe(self._launcher.known) if self._launcher.known else NOTHING_RAN
        return (self._summary or self._summarize(run)).of(run, wall, stopped)

    def _summarize(self, run: Run) -> Summary:
        submission = run.learner.submission
        return Summary(self._course, submission.path, run.seed, submission.sha256, self._options.only)

    def _seed(self) -> int:
        seed = self._options.seed
        return seed() if callable(seed) else seed


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
    from checkpoint.judge.app import App
    from checkpoint.worker import launch

    course = courses.find(Path(checks.partition("::")[0]))
    limits = course.checkpoint.limits
    launcher = launch.start()
    try:
        given = intake.take(Path(path), limits)
        reference = Reference(intake.take(course.solution, limits), launcher, limits)
        solution, _shared = reference.app()
        run = Run(Plan(course), App("learner", given, launcher, limits), solution, seed)
        run.begin(limits.run_seconds)
        yield run
        run.close()
    finally:
        launcher.wait()
