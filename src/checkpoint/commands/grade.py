"""Grade a submission: `checkpoint grade [PATH]`."""

from __future__ import annotations

import dataclasses
import gc
import os
import random
import shutil
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.commands import output
from checkpoint.errors import BrokenCheckpoint, CheckpointError
from checkpoint.judge import isolation as levels
from checkpoint.worker import launch

if TYPE_CHECKING:
    from checkpoint.model import Course, Limits, Report

EXIT_PASSED, EXIT_NOT_PASSED, EXIT_OURS, EXIT_INTERRUPTED = 0, 1, 3, 130
FILE_WIDTH = 80
CLEAR_LINE = "\r\x1b[K"


class Target(NamedTuple):
    """A report format and the file that it goes to; None is standard output."""

    format: str
    file: Path | None


@click.command(
    epilog="""\b
Examples:
  checkpoint grade                          the starter of the checkpoint around you
  checkpoint grade starter/app.py --hints   with all hints
  checkpoint grade app.py --only task_list  one check, and what it needs
  checkpoint grade homework.zip --isolation require
                                            for marks, where it can be kept from this machine
  checkpoint grade app.py --report json=report.json

Exit codes: 0 passed, 1 not passed, 2 wrong usage or a broken checkpoint, 3 could not be graded, 130 interrupted."""
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--report", "reports", multiple=True, metavar="FORMAT[=FILE]",
    help="Report format: terminal, json or svg; to a file, or else to standard output. May be repeated.",
)  # fmt: skip
@click.option("--only", metavar="ID", help="Score one check alone; those that it needs are run too.")
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Replay a run: its seed is in the report.")
@click.option("--hints", is_flag=True, help="Show all hints, not just the first of each.")
@click.option(
    "--checkpoint", type=click.Path(path_type=Path), metavar="DIR",
    help="The checkpoint's folder; else CHECKPOINT_DIR, else the nearest folder upwards with a grader.py.",
)  # fmt: skip
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
    only: str | None,
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

    PATH is an app.py, a folder with one, or a zip, tar or tar.gz of one; without it, the starter is graded.
    """
    targets = parse_targets(reports)
    style = {"hints": hints, "verbosity": verbose - quiet}
    needed = levels.required(isolation, allow_unisolated=allow_unisolated, for_marks=courses.in_ci())
    launcher = launch.start(needed)  # first of all: its imports go on while ours do
    gc.disable()  # what we import stays; looking through it for garbage takes a tenth of the time
    try:
        if path is not None:
            intake.kind_of(path)  # a slip in the path is told before all else
        with redirect_stdout(sys.stderr):  # what an author's files print is no part of a report
            course = courses.choose(checkpoint, path)
        limits = _limits(course, load_seconds, request_seconds, run_seconds)
        submission = intake.take(path or _starter(course), limits)
        solution = intake.take(course.solution, limits)

        from checkpoint.judge.session import Interrupted, Options, judge

        progress = _Progress(quiet=quiet)
        options = Options(random.SystemRandom().randrange(2**32) if seed is None else seed, only, limits, progress)
        try:
            with redirect_stdout(sys.stderr):
                report = judge(course, submission, solution, launcher, options)
        except Interrupted as interrupted:
            report = interrupted.report
        finally:
            progress.clear()
            launcher.close()  # it ends while the report is drawn
        _write(report, targets, style)
    finally:
        gc.enable()
        launcher.wait()
    return _exit_code(report)


def parse_targets(reports: tuple[str, ...]) -> list[Target]:
    """Return where to send which format; the terminal report goes to standard output if nothing else does.

    Raises CheckpointError for an unknown format, click.UsageError for two formats on standard output.
    """
    from checkpoint.report import known

    targets = []
    for text in reports:
        name, equals, file = text.partition("=")
        if equals and not file:
            raise click.UsageError(f"--report {text}: the file's name is missing behind `=`.")
        targets.append(Target(known(name), Path(file) if file else None))
    printed = [target.format for target in targets if target.file is None]
    if len(printed) > 1:
        raise click.UsageError(
            f"{' and '.join(printed)} cannot both go to standard output. Give one a file: --report {printed[1]}=FILE."
        )
    return targets if printed else [Target("terminal", None), *targets]


def _limits(course: Course, load: float | None, request: float | None, run: float | None) -> Limits:
    usual = course.checkpoint.limits
    try:
        return dataclasses.replace(
            usual,
            load_seconds=load or usual.load_seconds,
            request_seconds=request or usual.request_seconds,
            run_seconds=run or usual.run_seconds,
        )
    except ValueError as error:  # nan and inf, which click lets through
        raise click.UsageError(f"--{str(error).replace('_', '-', 1)}.") from None


def _starter(course: Course) -> Path:
    """Return the starter's app.py as one would type it from here."""
    starter = Path(os.path.relpath(course.starter / intake.MAIN))
    if not starter.exists():
        raise BrokenCheckpoint(
            f"there is no starter, {course.checkpoint.starter}/{intake.MAIN}",
            where=str(course.root),
            help="name what to grade: checkpoint grade PATH",
        )
    return starter


def _write(report: Report, targets: list[Target], style: dict[str, int]) -> None:
    """Send each format where it goes: files first, so that they are there when the words appear.

    A file that cannot be written keeps no other report back; its CheckpointError is raised at the end.
    """
    from checkpoint.report import render
    from checkpoint.report.files import write_atomically

    failed: CheckpointError | None = None
    for target in sorted(targets, key=lambda target: target.file is None):
        if target.file is not None:
            try:
                write_atomically(target.file, render(target.format, report, width=FILE_WIDTH, **style))
            except CheckpointError as error:
                failed = failed or error
        else:
            text = render(
                target.format,
                report,
                width=shutil.get_terminal_size((FILE_WIDTH, 24)).columns,
                color=output.color(),
                unicode=output.unicode(sys.stdout),
                **style,
            )
            output.write(text, drawn=target.format == "terminal")
    if failed is not None:
        raise failed


def _exit_code(report: Report) -> int:
    if not report.complete:
        return EXIT_INTERRUPTED
    if any(check.status == "error" for check in report.checks):
        return EXIT_OURS
    return EXIT_PASSED if report.passed else EXIT_NOT_PASSED


class _Progress:
    """Show on standard error which check is running, on one line that goes away; silent unless it is a terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self._on = not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def __call__(self, number: int, of: int, title: str) -> None:
        if self._on:
            line = f"checking {number}/{of}: {title}"
            width = shutil.get_terminal_size((FILE_WIDTH, 24)).columns
            sys.stderr.write(f"{CLEAR_LINE}{line[: width - 1]}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._on:
            sys.stderr.write(CLEAR_LINE)
            sys.stderr.flush()
