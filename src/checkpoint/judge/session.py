"""Judge one submission: the verb of this room.

`judge` starts both apps behind the wall, lets pytest run the checks, and makes the Report of it.
"""

from __future__ import annotations

import platform
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkpoint import __version__
from checkpoint.judge import isolation, runner
from checkpoint.judge import run as running
from checkpoint.model import Report
from checkpoint.scoring import score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checkpoint.judge.run import Run
    from checkpoint.model import CheckResult, Course, Isolation, Limits, Submission
    from checkpoint.worker.launch import Launcher

_NAMES_OF_OTHERS = {f"{name}.py" for name in (*sys.stdlib_module_names, "flask", "werkzeug", "jinja2", "click")}


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller chose for one run: the seed, one check alone, other limits, who hears of progress."""

    seed: int
    only: str | None = None
    limits: Limits | None = None
    progress: Callable[[int, int, str], None] = lambda number, of, title: None


class Interrupted(KeyboardInterrupt):
    """Somebody stopped the run; `report` has what was judged until then."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def judge(course: Course, submission: Submission, solution: Submission, launcher: Launcher, options: Options) -> Report:
    """Return the report on a submission.

    Raises BrokenCheckpoint if the checks cannot be run, GradingError if the learner's side could not be
    started, Interrupted on Ctrl-C.
    """
    started = time.perf_counter()
    limits = options.limits or course.checkpoint.limits
    run = running.begin(course, submission, solution, launcher, limits, options.seed)
    run.only, run.progress = options.only, options.progress
    try:
        interrupted = runner.run_checks(run)
        if run.problem is not None:
            raise run.problem
        wall = isolation.describe(launcher.wall(limits))
        report = _report(run, submission, wall, started, complete=not interrupted)
    finally:
        run.close()
    if interrupted:
        raise Interrupted(report)
    return report


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


def _report(run: Run, submission: Submission, wall: Isolation, started: float, *, complete: bool) -> Report:
    from checkpoint.judge import outcome

    checkpoint = run.course.checkpoint
    results = tuple(
        run.results.get(id) or outcome.not_run(spec, "This check was not reached: grading was cut short.")
        for id, spec in run.specs.items()
    )
    counted = [result for result in results if run.only in (None, result.id)]
    return Report(
        checkpoint_id=checkpoint.id,
        checkpoint_title=checkpoint.title,
        fingerprint=run.course.fingerprint,
        submission_path=submission.path,
        submission_sha256=submission.sha256,
        seed=run.seed,
        score=score(counted, checkpoint.pass_percent),
        checks=results,
        cause=_cause(results),
        output=run.learner.load_output,
        notes=tuple(_notes(run)),
        isolation=wall,
        duration_ms=round((time.perf_counter() - started) * 1000, 1),
        versions=_versions(),
        complete=complete,
        only=run.only,
        up_next=checkpoint.up_next,
    )


def _cause(results: tuple[CheckResult, ...]) -> Any:
    return next((result.cause for result in results if result.cause), None)


def _notes(run: Run) -> Iterator[str]:
    """Yield what is worth knowing and costs no points."""
    source = run.learner.source
    for place in source.unguarded_runs[:1]:
        yield (
            f"{source.shown(place.file)}:{place.line}: app.run() was ignored while grading. Put it behind if __name__ "
            '== "__main__":, or every import of this file starts a server.'
        )
    hidden = sorted({name.partition("/")[0] for name in source.files} & _NAMES_OF_OTHERS)
    if hidden:
        yield (
            f"{source.shown(hidden[0])} has the name of a module that Python or Flask needs. Here it did no harm; "
            "where you run the app yourself it is imported instead of the real one. Give it another name."
        )
    if source.tampering:
        found = ", ".join(dict.fromkeys(f"`{words}` (line {place.line})" for words, place in source.tampering[:6]))
        yield (
            f"The code reaches for {found}. With that it could falsify what its own process reports, so checks "
            "that rely on such reports are left to a person."
        )


def _versions() -> dict[str, str]:
    return {
        "checkpoint": __version__,
        "python": platform.python_version(),
        **{name: version(name) for name in ("flask", "werkzeug", "pytest")},
    }
