"""Grade a submission: `checkpoint grade [PATH]`."""

from __future__ import annotations

import dataclasses
import gc
import os
import random
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.commands import output, step, targets
from checkpoint.commands.completion import complete_checks, complete_formats
from checkpoint.commands.ending import ending
from checkpoint.commands.options import of_checkpoint
from checkpoint.commands.progress import MovingLine
from checkpoint.commands.publish import Publisher
from checkpoint.errors import BrokenCheckpoint, RefusedSubmission, WrongUsage
from checkpoint.judge import isolation as levels
from checkpoint.judge.stopped import Stopped
from checkpoint.report import FORMATS, Style
from checkpoint.worker import launch

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.commands.ending import Ending
    from checkpoint.commands.targets import Target
    from checkpoint.model import Course, Level, Limits, Report, Submission

EXIT_PASSED, EXIT_NOT_PASSED, EXIT_OURS, EXIT_INTERRUPTED, EXIT_TERMINATED = 0, 1, 3, 130, 143


class Order(NamedTuple):
    """What the command line says of one run: paths as they were typed; None where it says nothing."""

    path: Path | None
    checkpoint: Path | None
    seed: int
    only: str | None
    load_seconds: float | None
    request_seconds: float | None
    run_seconds: float | None


class Graded(NamedTuple):
    """What came of one run: the report, of which course, and what was graded; these are None if it was cut short."""

    report: Report
    course: Course | None = None
    submission: Submission | None = None


@click.command(
    epilog=f"""\b
Examples:
  checkpoint grade                          the app.py here, else the starter
  checkpoint grade starter/app.py --hints   with all hints
  checkpoint grade app.py --only task_list  one check, and what it needs
  checkpoint grade app.py --watch           again whenever you save
  checkpoint grade hw.zip --isolation require=strong
                                            for marks: not below this level
  checkpoint grade app.py --report html=report.html --report junit=junit.xml

Formats: {", ".join(FORMATS)}.

On GitHub, GitLab and Gradescope what these read is written besides; see docs/ci.md.

Exit codes: 0 passed, 1 not passed, 2 wrong usage or a broken checkpoint, 3 could not be graded, 130 interrupted,
143 terminated."""
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--report", "reports", multiple=True, metavar="FORMAT[=FILE]", shell_complete=complete_formats,
    help="Report format, see below; to a file, or else to standard output. May be repeated.",
)  # fmt: skip
@click.option(
    "--no-auto",
    "auto",
    is_flag=True,
    flag_value=False,
    default=True,
    help="Write nothing for the platform that this runs on.",
)
@click.option("--reveal", is_flag=True, help="Describe hidden checks, too: for authors and instructors.")
@click.option(
    "--only",
    metavar="ID",
    shell_complete=complete_checks,
    help="Score one check alone; those that it needs are run too.",
)
@click.option("--watch", "watched", is_flag=True, help="Stay, and grade again whenever you save.")
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Replay a run: its seed is in the report.")
@click.option("--hints", is_flag=True, help="Show all hints, not just the first of each.")
@of_checkpoint
@click.option(
    "--isolation", metavar="require[=LEVEL]",
    help="Grade only if the app is kept from this machine so well or better: full (require alone), strong, partial.",
)  # fmt: skip
@click.option("--allow-unisolated", is_flag=True, help="Grade in CI even where nothing keeps the app from the machine.")
@click.option("--load-seconds", type=click.FloatRange(0, min_open=True), metavar="S", help="Time to load the app.")
@click.option("--request-seconds", type=click.FloatRange(0, min_open=True), metavar="S", help="Time for one request.")
@click.option("--run-seconds", type=click.FloatRange(0, min_open=True), metavar="S", help="Time for all of it.")
@click.option("-q", "--quiet", is_flag=True, help="Only the score.")
@click.option("-v", "--verbose", is_flag=True, help="Also times, versions, the seed, and all output.")
def grade(
    path: Path | None,
    reports: tuple[str, ...],
    auto: bool,
    reveal: bool,
    only: str | None,
    watched: bool,
    seed: int | None,
    hints: bool,
    checkpoint: Path | None,
    isolation: str | None,
    allow_unisolated: bool,
    load_seconds: float | None,
    request_seconds: float | None,
    run_seconds: float | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Grade a Flask app and explain what is wrong.

    PATH is an app.py, a folder with one, or a zip, tar or tar.gz of one; without it, it is the app.py in the folder
    where you are, else the starter.
    """
    asked, style = targets.asked(reports), {"hints": hints, "verbosity": verbose - quiet}
    publisher = Publisher(targets.with_platform(asked, os.environ, auto=auto), style, reveal=reveal)
    needed = levels.required(isolation, allow_unisolated=allow_unisolated, for_marks=courses.in_ci())

    def seed_of_run() -> int:
        return random.SystemRandom().randrange(2**32) if seed is None else seed

    order = Order(path, checkpoint, seed_of_run(), only, load_seconds, request_seconds, run_seconds)
    if watched:
        _refuse_to_watch(asked)
        from checkpoint.commands.watch import watch

        without_platform = Publisher(asked, style, reveal=reveal)
        return watch(order, needed, without_platform, Style(hints=hints, verbosity=verbose - quiet), seed_of_run)
    done = graded(order, needed, publisher, quiet=quiet)
    if done.course is not None and done.report.passed and publisher.people_only and sys.stdout.isatty() and not quiet:
        from checkpoint.commands import standing

        standing.tell_of_quiz(done.course)
    return exit_code(done.report)


def _refuse_to_watch(asked: list[Target]) -> None:
    """Refuse --watch where nobody would be there to save, or to read."""
    if courses.in_ci():
        raise WrongUsage("--watch waits for saves, and in CI nobody saves", help="leave it out")
    for target in asked:
        if target.file is None and target.format != "terminal":
            words = f"--watch shows verdicts on standard output. Give {target.format} a file"
            raise click.UsageError(f"{words}: --report {target.format}=FILE.")


def graded(order: Order, needed: Level, publisher: Publisher, *, quiet: bool = False) -> Graded:
    """Grade, send the report where it is wanted, and keep the attempt; return what came of it."""
    gc.disable()  # what we import stays; looking through it for garbage takes a tenth of the time
    with ending() as signals, ExitStack() as stack:
        stack.callback(gc.enable)
        try:
            done = _judged(order, needed, publisher, _Progress(quiet=quiet), stack, signals)
        except Stopped as stopped:
            report, by_somebody = stopped.report, isinstance(stopped.problem, KeyboardInterrupt)
            failed = publisher.send(report, to_people=by_somebody)
            if failed is not None:
                output.say(str(failed))
            if not by_somebody:
                raise stopped.problem from None
            return Graded(report)
        failed = publisher.send(done.report)
        if failed is not None:
            raise failed
        from checkpoint.commands import keeping  # after the report is out, and while the launcher ends

        keeping.keep(done)
    return done


def _judged(
    order: Order, needed: Level, publisher: Publisher, progress: _Progress, stack: ExitStack, signals: Ending
) -> Graded:
    """Return the report and what it is on; `stack` gets what remains to be waited for.

    Raises Stopped when there is none of a whole run, and what stopped it as it is where nobody would read a report on
    that.
    """
    launcher = course = done = None
    try:
        launcher = launch.start(needed)  # first of all: its imports go on while ours do
        stack.callback(launcher.wait)
        signals.heed()
        if order.path is not None:
            intake.kind_of(order.path)  # a slip in the path is told before all else
        with output.authors_words():
            course = courses.choose(order.checkpoint, order.path)
        limits = limits_of(course, order)
        submission = intake.take(order.path or step.unnamed(course), limits)
        solution = solution_of(course, limits)

        from checkpoint.judge.session import Options, judge

        def told(number: int, of: int, title: str, so_far: Callable[[], Report]) -> None:
            signals.check()
            progress(number, of, title)
            publisher.snapshot(so_far)

        options = Options(order.seed, order.only, limits, told, reveal=publisher.reveal)
        with output.authors_words():
            report = judge(course, submission, solution, launcher, options)
        done = Graded(report, course, submission)
        signals.done()
        return done
    except (Stopped, click.UsageError, WrongUsage):
        raise
    except (Exception, KeyboardInterrupt) as problem:
        signals.done()
        if done is not None:  # a signal that came too late to stop anything
            return done
        if publisher.people_only:
            raise
        raise Stopped(_unjudged(order, course, problem), problem) from problem
    finally:
        signals.done()
        progress.clear()
        if launcher is not None:
            launcher.close()  # it ends while the report is drawn


def _unjudged(order: Order, course: Course | None, problem: BaseException) -> Report:
    """Return the report when something came before anything could be judged."""
    from checkpoint.judge.session import unjudged

    with output.authors_words():
        if course is None and not isinstance(problem, BrokenCheckpoint):
            with suppress(BrokenCheckpoint):
                course = courses.choose(order.checkpoint, order.path)
        return unjudged(course, os.fspath(order.path or ""), order.seed, order.only, problem)


def limits_of(course: Course, order: Order) -> Limits:
    """Return the checkpoint's limits, but for those that the command line says."""
    usual = course.checkpoint.limits
    try:
        return dataclasses.replace(
            usual,
            load_seconds=order.load_seconds or usual.load_seconds,
            request_seconds=order.request_seconds or usual.request_seconds,
            run_seconds=order.run_seconds or usual.run_seconds,
        )
    except ValueError as error:  # nan and inf, which click lets through
        raise click.UsageError(f"--{str(error).replace('_', '-', 1)}.") from None


def solution_of(course: Course, limits: Limits) -> Submission:
    """Return the reference; what is wrong with that is no fault of the learner's."""
    try:
        return intake.take(course.solution, limits)
    except RefusedSubmission as error:
        raise BrokenCheckpoint(f"the solution: {error.message}", where=error.where, help=error.help) from None


def exit_code(report: Report) -> int:
    """Return what a report comes to."""
    if report.stopped is not None:
        return EXIT_TERMINATED if report.stopped.why == "terminated" else EXIT_INTERRUPTED
    if any(check.status == "error" for check in report.checks):
        return EXIT_OURS
    return EXIT_PASSED if report.passed else EXIT_NOT_PASSED


class _Progress:
    """Show which check is running, on one line that goes away; silent unless there is a terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self._line = MovingLine() if not quiet and output.can_draw(sys.stderr) else None

    def __call__(self, number: int, of: int, title: str) -> None:
        if self._line is not None:
            self._line.show(f"checking {number}/{of}: {title}")

    def clear(self) -> None:
        """Take the line away."""
        if self._line is not None:
            self._line.clear()
