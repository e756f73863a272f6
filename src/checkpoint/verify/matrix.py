"""Lay out which check notices which mutant, and find what nobody notices and who notices nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.course import FILE
from checkpoint.report.words import counted
from checkpoint.verify.closest import closest
from checkpoint.verify.mutants import diff
from checkpoint.verify.places import line_of, place
from checkpoint.verify.proof import Column, Finding, Trial
from checkpoint.verify.raising import unwrapped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from checkpoint.judge.api import Spec
    from checkpoint.model import Course, Report, Status
    from checkpoint.verify.mutants import Mutant
    from checkpoint.verify.proof import Verdict

Statuses = tuple["Status", ...]


def trial(
    mutant: Mutant,
    original: bytes,
    report: Report,
    course: Course,
    checks: Sequence[str],
    by_chance: Collection[str] = (),
) -> Trial:
    """Return what became of a mutant; what checks notice `by_chance` does not count."""
    statuses, idle = aligned(report, checks), frozenset(checks.index(id) for id in by_chance)
    reason = course.checkpoint.waived.get(mutant.id)
    verdict: Verdict = "survived"
    failed = {number for number, status in enumerate(statuses) if status == "failed"}
    if failed - idle:
        verdict = "killed"
    elif not report.passed and not failed:  # nobody passes with it, but it is a person who has to see why
        verdict = "undecided"
    elif reason is not None:
        verdict = "waived"
    return Trial(
        mutant.id, mutant.operator, mutant.mistake, mutant.file, mutant.line,
        place(course.solution / mutant.file, mutant.line), diff(original, mutant), statuses, verdict, reason,
        report.cause, report.duration_ms, idle,
    )  # fmt: skip


def aligned(report: Report, checks: Iterable[str]) -> Statuses:
    """Return the statuses of a report in the order of these checks."""
    found = {check.id: check.status for check in report.checks}
    return tuple(found[id] for id in checks)


def columns(
    checks: Mapping[str, Spec], trials: Sequence[Trial], others: Iterable[Statuses], by_chance: Collection[str] = ()
) -> tuple[Column, ...]:
    """Return what each check notices; `others` are the statuses of the starter and of the variants."""
    failing = [killers(one) for one in trials]
    elsewhere = {number for statuses in others for number, status in enumerate(statuses) if status == "failed"}
    return tuple(
        Column(
            spec.id,
            spec.title,
            spec.points,
            place(spec.file, spec.line),
            kills=sum(number in killed_by for killed_by in failing),
            alone=sum(killed_by == {number} for killed_by in failing),
            elsewhere=number in elsewhere,
            by_chance=spec.id in by_chance,
        )
        for number, spec in enumerate(checks.values())
    )


def killers(one: Trial) -> set[int]:
    """Return the columns of the checks that notice a mutant; one that waits for another has not looked at it."""
    return {number for number, status in enumerate(one.statuses) if status == "failed"} - one.by_chance


def findings(
    course: Course, checks: Mapping[str, Spec], table: Sequence[Column], trials: Sequence[Trial]
) -> Iterator[Finding]:
    """Yield what the author has to mend: survivors, checks that cannot fail, waivers that are for nothing."""
    for one in trials:
        if one.verdict == "survived":
            near = [f"`{table[number].id}` ({table[number].place})" for number in closest(one, trials, checks)]
            first = f"look at {', '.join(near)}, which it is closest to" if near else "let a check ask for it"
            yield Finding(
                "survivor",
                f"No check notices this: {one.mistake}",
                where=one.place,
                help=f"{first}; if it makes no difference, waive {one.id!r} in {FILE}, with the reason",
                diff=one.diff,
            )
    for number, column in enumerate(table):
        if not column.kills and not column.elsewhere and not column.by_chance:
            yield _idle(column, sum(one.statuses[number] == "blocked" for one in trials))
    yield from _waivers(course, trials, list(checks))


def _idle(column: Column, waits: int) -> Finding:
    """Return what is to be said of a check that nothing makes fail; for so many mutants it waits for what it needs."""
    message = f"Nothing makes `{column.id}` fail: no mutant, not the starter, no variant."
    help = "look whether it still asks what its title says; if it does, show it a broken app: --variants DIR"
    if waits:
        message = f"{message} For {counted(waits, 'mutant')} it waits for a check that it needs."
        help = f"{help}; or let it need less"
    return Finding("idle", message, column.place, help)


def _waivers(course: Course, trials: Sequence[Trial], checks: Sequence[str]) -> Iterator[Finding]:
    known = {one.id: one for one in trials}
    grader = course.root / FILE
    for id in course.checkpoint.waived:
        one = known.get(id)
        why = ""
        if one is None:
            why = "there is no such mutant"
        elif one.verdict == "killed":
            why = f"`{checks[min(killers(one))]}` fails for it"
        elif one.verdict == "undecided":
            why = "a check leaves it to a person, so nobody passes with it"
        if why:
            yield Finding(
                "waiver", f"{id!r} is waived, but {why}.", where=place(grader, line_of(grader, id)), help="take it out"
            )


def raised(checks: Mapping[str, Spec], reports: Mapping[str, Report | None]) -> Iterator[Finding]:
    """Yield each check that could not be carried out for some of these apps, with what it raised, and where."""
    for spec in checks.values():
        broken = {
            name: check.feedback.message if check.feedback else ""
            for name, report in reports.items()
            for check in (report.checks if report else ())
            if check.id == spec.id and check.status == "error"
        }
        if broken:
            name, told = next(iter(broken.items()))
            more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
            words, where = unwrapped(told)
            yield Finding(
                "error",
                f"`{spec.id}` cannot be carried out for {name}{more}: {words}",
                where or place(spec.file, spec.line),
                help="whatever an app does, a check must not raise: let it fail, with words for the learner",
            )
