"""Look whether solution and starter come to the same, whatever the seed, the order of checks, and what ran before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from checkpoint.course import MAIN
from checkpoint.model import Submission
from checkpoint.verify.places import place
from checkpoint.verify.proof import Finding, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from checkpoint.errors import RefusedSubmission
    from checkpoint.judge.api import Spec
    from checkpoint.model import CheckResult, Course, Report, Status

TODO = re.compile(rb"#.*\bTODO\b")
DOCUMENTS = (".md", ".rst", ".txt")


@dataclass(frozen=True, slots=True)
class Sweep:
    """Hold the reports of one run on solution and starter, of which there may be none."""

    shuffled: bool
    solution: Report
    starter: Report | None


class Solo(NamedTuple):
    """Hold what a check comes to alone, behind nothing but what it needs, and what it comes to among all others."""

    check: str
    app: str
    alone: Status
    among: Status


def status(report: Report, id: str) -> Status:
    """Return what one check came to."""
    return _result(report, id).status


def run(sweep: Sweep, checks: Sequence[str]) -> Run:
    """Return what is to be told of a sweep, its statuses in the order of these checks."""
    order = tuple(check.id for check in sweep.solution.checks)
    solution, starter = (
        tuple(status(report, id) for id in checks) if report else () for report in (sweep.solution, sweep.starter)
    )
    return Run(sweep.solution.seed, order, sweep.shuffled, solution, starter)


def solution(course: Course, sweeps: Sequence[Sweep]) -> Iterator[Finding]:
    """Yield the checks that the solution does not pass in some run."""
    bad: dict[str, list[Sweep]] = {}
    for sweep in sweeps:
        for check in sweep.solution.checks:
            if check.status not in ("passed", "blocked"):
                bad.setdefault(check.id, []).append(sweep)
    for id, runs in bad.items():
        check = _result(runs[0].solution, id)
        words = check.feedback.message if check.feedback else ""
        how = f"with seed {runs[0].solution.seed}{_behind(id, runs[0])} it is {check.status}"
        yield Finding(
            "order" if all(sweep.shuffled for sweep in runs) else "solution",
            f"The solution does not pass `{id}` in {len(runs)} of {len(sweeps)} runs: {how}. {words}".rstrip(),
            place(course.solution / MAIN),
            "a check must accept the solution whatever the seed, and whichever check came before",
        )


def starter(course: Course, given: Submission | RefusedSubmission, sweeps: Sequence[Sweep]) -> Iterator[Finding]:
    """Yield what is wrong with the starter: it passes, does not run, has nothing to do, or depends on chance."""
    where, report = place(course.starter / MAIN), sweeps[0].starter
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
    yield from _unsteady(report, sweeps, where)


def _unsteady(first: Report, sweeps: Sequence[Sweep], where: str) -> Iterator[Finding]:
    for check in first.checks:
        for sweep in sweeps[1:]:
            if sweep.starter is not None and status(sweep.starter, check.id) != check.status:
                yield Finding(
                    "order" if sweep.shuffled else "starter",
                    f"For the starter `{check.id}` is {check.status} with seed {first.seed}, and "
                    f"{status(sweep.starter, check.id)} with seed {sweep.starter.seed}{_behind(check.id, sweep)}.",
                    where,
                    "an app must come to the same whatever the seed, and whichever check came before",
                )
                break


def alone(solos: Sequence[Solo], checks: Mapping[str, Spec]) -> Iterator[Finding]:
    """Yield the checks that come to something else when nothing but what they need has run before."""
    for solo in solos:
        if solo.alone != solo.among:
            spec = checks[solo.check]
            yield Finding(
                "alone",
                f"For {solo.app} `{solo.check}` is {solo.among} behind the other checks, and {solo.alone} alone: it "
                "depends on what others leave behind.",
                place(spec.file, spec.line),
                f"let it make all that it asks about; try: checkpoint grade PATH --only {solo.check}",
            )


def _result(report: Report, id: str) -> CheckResult:
    return next(check for check in report.checks if check.id == id)


def _behind(id: str, sweep: Sweep) -> str:
    """Return what has run before a check, if it was not what always does."""
    if not sweep.shuffled:
        return ""
    order = [check.id for check in sweep.solution.checks]
    before = order[: order.index(id)]
    return f", behind {', '.join(before)}," if before else ", as the first one,"
