"""Sum a run up as a Report: a whole one, one that was cut short, and one of what was never run at all."""

from __future__ import annotations

import platform
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from checkpoint import __version__
from checkpoint.errors import BrokenCheckpoint, GradingError, Terminated
from checkpoint.model import CheckResult, Feedback, Isolation, Report, Score, Stop
from checkpoint.scoring import score

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checkpoint.errors import RefusedSubmission
    from checkpoint.judge.api import Spec
    from checkpoint.judge.run import Run
    from checkpoint.model import Course, Status

NOTHING_RAN = Isolation("none", "nothing was run")
UNFINISHED = Stop(
    "unfinished",
    "It was still going on when this was written; if that is long ago, it was ended from outside, as at a job's time "
    "limit.",
)
_NOT_REACHED = Feedback("This check was not reached: grading was cut short.")
_NAMES_OF_OTHERS = {f"{name}.py" for name in (*sys.stdlib_module_names, "flask", "werkzeug", "jinja2", "click")}


@dataclass(frozen=True, slots=True)
class Summary:
    """Know what is graded, since when, and turn what came of it into a Report.

    `course` is None when none could be loaded, `sha256` empty when the submission could not be taken in.
    """

    course: Course | None
    path: str
    seed: int
    sha256: str = ""
    only: str | None = None
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    _started: float = field(default_factory=time.perf_counter)

    def of(self, run: Run, wall: Isolation, stopped: Stop | None = None) -> Report:
        """Return the report on a run; without a `stopped` it has come to its end."""
        results = _results(run.plan.specs, run.results)
        notes = () if stopped else tuple(_notes(run))  # the sources may not have been read, which takes its time
        return self._report(results, wall, stopped, run.learner.load_output, notes)

    def unrun(self, specs: Mapping[str, Spec], stopped: Stop) -> Report:
        """Return the report when no check was run, and none of these could be."""
        return self._report(_results(specs, {}), NOTHING_RAN, stopped)

    def refused(self, specs: Mapping[str, Spec], problem: RefusedSubmission) -> Report:
        """Return the report on what could not be taken in: as for an app that cannot be loaded, one check tells it."""
        words = f"Your submission could not be taken in: {problem.where}: {problem.message}."
        hints = (problem.help,) if problem.help else ()
        teller, *others = sorted(specs.values(), key=lambda spec: spec.hidden)
        told = {teller.id: _unrun(teller, "failed", feedback=Feedback(words), hints=hints, cause="not_loadable")}
        told |= {spec.id: _unrun(spec, "blocked", blocked_by=(teller.id,), hints=spec.hints) for spec in others}
        notes = (words,) if teller.hidden else ()  # a check that is hidden tells nothing
        return self._report(_results(specs, told), NOTHING_RAN, notes=notes)

    def _report(
        self,
        results: tuple[CheckResult, ...],
        wall: Isolation,
        stopped: Stop | None = None,
        output: str = "",
        notes: tuple[str, ...] = (),
    ) -> Report:
        checkpoint = self.course.checkpoint if self.course else None
        pass_percent = checkpoint.pass_percent if checkpoint else 100
        counted = [result for result in results if self.only in (None, result.id)]
        return Report(
            checkpoint_id=checkpoint.id if checkpoint else "unknown",
            checkpoint_title=checkpoint.title if checkpoint else "Checkpoint",
            fingerprint=self.course.fingerprint if self.course else "",
            submission_path=self.path,
            submission_sha256=self.sha256,
            seed=self.seed,
            score=score(counted, pass_percent) if results else Score(0, 0, 0.0, pass_percent, False),
            checks=results,
            cause=next((result.cause for result in results if result.cause), None),
            output=output,
            notes=notes,
            isolation=wall,
            started_at=self.started_at,
            duration_ms=round((time.perf_counter() - self._started) * 1000, 1),
            versions=versions(),
            stopped=stopped,
            only=self.only,
            up_next=checkpoint.up_next if checkpoint else None,
        )


def why(problem: BaseException) -> Stop:
    """Return why a run did not come to its end, in words for the learner.

    What is wrong with a checkpoint stays out of them: it may quote its checks.
    """
    if isinstance(problem, Terminated):
        return Stop("terminated", "It was told to end, as a CI service does when a job's time is up.")
    if isinstance(problem, KeyboardInterrupt):
        return Stop("interrupted", "It was interrupted.")
    if isinstance(problem, BrokenCheckpoint):
        words = (
            "This checkpoint itself has something to mend, which is no fault of yours. Tell whoever runs the course."
        )
        return Stop("broken", words)
    ours = "The grader could not go on, which is no fault of yours and costs you no points"
    if isinstance(problem, GradingError):
        return Stop("failed", f"{ours}: {problem.message}. Tell whoever runs the course.")
    return Stop("failed", f"{ours} ({type(problem).__name__}). Tell whoever runs the course.")


def _results(specs: Mapping[str, Spec], known: Mapping[str, CheckResult]) -> tuple[CheckResult, ...]:
    """Return the results in the checks' order; what was not reached is neither earned nor lost."""
    return tuple(known.get(id) or _unrun(spec, "error", feedback=_NOT_REACHED) for id, spec in specs.items())


def _unrun(spec: Spec, status: Status, **told: Any) -> CheckResult:
    """Return the result of a check that was not run; its hints would not fit."""
    return CheckResult(spec.id, spec.title, status, spec.points, visibility=spec.visibility, **told)


def _notes(run: Run) -> Iterator[str]:
    """Yield what is worth knowing and costs no points."""
    source = run.learner.source
    broken = run.learner.broken
    if broken is not None and broken.cause == "not_loadable" and all(spec.hidden for spec in run.plan.specs.values()):
        yield f"The app could not be loaded: {broken.message}"  # no check may tell it
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


@cache
def versions() -> dict[str, str]:
    """Return the versions of all that a verdict may depend on."""
    return {
        "checkpoint": __version__,
        "python": platform.python_version(),
        **{name: version(name) for name in ("flask", "werkzeug", "pytest")},
    }
