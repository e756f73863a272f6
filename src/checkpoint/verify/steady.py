"""Look whether solution and starter come to the same, whatever the seed, the order of checks, and what ran before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from checkpoint.course import MAIN
from checkpoint.model import Submission
from checkpoint.verify.places import place
from checkpoint.verify.proof import Finding, Run
from checkpoint.verify.raising import unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from checkpoint.errors import RefusedSubmission
    from checkpoint.judge.api import Spec
    from checkpoint.model import CheckResult, Course, Report, Status

TODO = re.compile(rb"#.*\bTODO\b")
CHANCE_HELP = "a check must take what is random from the fixture `rng`, and depend on no clock and no global variable"
DOCUMENTS = (".md", ".rst", ".txt")


@dataclass(frozen=True, slots=True)
class Sweep:
    """Hold the reports of one run on solution and starter, of which there may be none."""

    shuffled: bool
    solution: Report
    starter: Report | None

    @property
    def order_seed(self) -> int | None:
        """Return what the checks were shuffled by, None if they were not."""
        return self.solution.seed if self.shuffled else None


class Solo(NamedTuple):
    """Hold what a check comes to alone, behind nothing but what it needs, and what it comes to among all others.

    `again` has both once more, for each time that it was tried again.
    """

    check: str
    app: str
    alone: Status
    among: Status
    again: tuple[tuple[Status, Status], ...] = ()

    @property
    def by_chance(self) -> bool:
        """Say whether it comes to something else even if nothing else is changed."""
        return any(once_more != (self.alone, self.among) for once_more in self.again)


def status(report: Report, id: str) -> Status:
    """Return what one check came to."""
    return result(report, id).status


def run(sweep: Sweep, checks: Sequence[str]) -> Run:
    """Return what is to be told of a sweep, its statuses in the order of these checks."""
    order = tuple(check.id for check in sweep.solution.checks)
    solution, starter = (
        tuple(status(report, id) for id in checks) if report else () for report in (sweep.solution, sweep.starter)
    )
    return Run(sweep.solution.seed, order, sweep.shuffled, solution, starter)


def solution(course: Course, sweeps: Sequence[Sweep]) -> Iterator[Finding]:
    """Yield the checks that the solution passes in no run; those that it passes in some are `doubts`."""
    for check in sweeps[0].solution.checks:
        came = {status(sweep.solution, check.id) for sweep in sweeps}
        if check.status != "blocked" and "passed" not in came:
            words, where = unwrapped(check.feedback.message if check.feedback else "")
            yield Finding(
                "solution",
                f"The solution does not pass `{check.id}`: it is {check.status}. {words}".rstrip(),
                where or place(course.solution / MAIN),
                "a check must accept the solution: mend one of them",
            )


def starter(course: Course, given: Submission | RefusedSubmission, report: Report | None) -> Iterator[Finding]:
    """Yield what is wrong with the starter: it passes, does not run, or has nothing to do."""
    where = place(course.starter / MAIN)
    if report is None or not isinstance(given, Submission):
        why = "" if isinstance(given, Submission) else f": {given.message}"
        yield Finding("starter", f"There is no starter to be graded{why}.", where, "write one that runs, with TODOs")
        return
    if report.passed:
        yield Finding(
            "starter", "The starter passes: nothing is left to do.", where, "take out what the learner is to write"
        )
    if report.cause is not None:
        told = next((check.feedback.message for check in report.checks if check.cause and check.feedback), report.cause)
        yield Finding(
            "starter", f"The starter does not run. {told}", where, "let it show a page, however little is on it"
        )
    if not any(TODO.search(content) for name, content in given.files.items() if not name.endswith(DOCUMENTS)):
        yield Finding("starter", "No TODO in the starter marks the work.", where, "write a comment: # TODO: ...")


def alone(solos: Sequence[Solo], checks: Mapping[str, Spec]) -> Iterator[Finding]:
    """Yield the checks that come to something else when nothing but what they need has run before."""
    for solo in solos:
        if solo.alone != solo.among:
            spec = checks[solo.check]
            differs = f"For {solo.app} `{solo.check}` is {solo.among} behind the other checks, and {solo.alone} alone"
            where = place(spec.file, spec.line)
            if solo.by_chance:
                yield Finding("chance", f"{differs}, but when that is tried again it is not so.", where, CHANCE_HELP)
                continue
            yield Finding(
                "alone",
                f"{differs}: it depends on what others leave behind.",
                where,
                f"let it make all that it asks about; try: checkpoint grade PATH --only {solo.check}",
            )


def result(report: Report, id: str) -> CheckResult:
    """Return the result of one check."""
    return next(check for check in report.checks if check.id == id)


def behind(id: str, sweep: Sweep) -> str:
    """Return what has run before a check, nothing if it was what always does."""
    if not sweep.shuffled:
        return ""
    order = [check.id for check in sweep.solution.checks]
    before = order[: order.index(id)]
    return f"behind {', '.join(before)}" if before else "as the first one"
