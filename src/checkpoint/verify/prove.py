"""Prove a checkpoint: the verb of this room."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint.batch.tasks import Task
from checkpoint.intake.contents import digest
from checkpoint.judge.memory import keeps_nothing
from checkpoint.judge.summary import versions
from checkpoint.verify import doubts, kept, matrix, promises, steady, stray, variants
from checkpoint.verify.bench import Bench, order_seeds
from checkpoint.verify.jury import reports_on
from checkpoint.verify.mutants import mutants
from checkpoint.verify.places import place
from checkpoint.verify.proof import Proof
from checkpoint.verify.steady import Solo, Sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from checkpoint.batch.pool import Judges
    from checkpoint.model import Course, Report, Submission
    from checkpoint.verify.bench import Heeding
    from checkpoint.verify.doubts import Settled
    from checkpoint.verify.mutants import Mutant
    from checkpoint.verify.proof import Comparison, Finding, Trial
    from checkpoint.verify.variants import Variant

RUNS, SHUFFLED = 6, 4  # of solution and starter, each with a seed of its own; so many in another order of checks
AGAIN = 3  # times that what differs is tried once more, to tell what is so by chance
FEW = 3  # checks, at most, that fail for a mutant with which one of them is tried alone


@dataclass(frozen=True, slots=True)
class Order:
    """Say what is to be proved, and with what: `variants` are folders of apps that say what they come to.

    Checks are `measured` by what was kept of them, unless that is to be kept anew; one that takes longer than
    `check_seconds` hangs. `heed` raises KeyboardInterrupt when somebody wants an end, and so does, at any time, what
    `heeding` gives; `tell` hears what is being done, and how far it is.
    """

    course: Course
    seed: int
    variants: Sequence[Path] = ()
    measured: bool = True
    check_seconds: float = 60.0
    heed: Callable[[], None] = lambda: None
    heeding: Heeding = nullcontext
    tell: Callable[[str, int, int], None] = lambda what, done, of: None


@dataclass(frozen=True, slots=True)
class _Tried:
    """Hold what became of mutants and variants: by name the report on each, and what it comes to."""

    reports: dict[str, Report] = field(default_factory=dict)
    submissions: dict[str, Submission] = field(default_factory=dict)
    trials: tuple[Trial, ...] = ()
    comparisons: tuple[Comparison, ...] = ()


def prove(order: Order, judges: Judges) -> Proof:
    """Return all that can be found out about a checkpoint.

    `judges` have its checks and the same seed. Raises BrokenCheckpoint if it cannot be used at all, WrongUsage if there
    are no such variants, GradingError if an app could not be judged, and whatever `order.heed` does.
    """
    started, started_at = time.perf_counter(), datetime.now(UTC)
    course = order.course
    given = variants.found(order.variants, course.checkpoint.limits)
    before = kept.read(course) if order.measured else {}
    with Bench(course, order.check_seconds, order.heeding) as bench:
        checks = bench.checks
        sweeps = _swept(bench, order)
        # What falls short of a solution that does so itself tells nothing.
        right = sweeps[0].solution.passed
        settled = _settled(bench, order, sweeps)
        by_chance = doubts.by_chance(settled)
        tried = _tried(bench, order, given, judges, by_chance) if right else _Tried()
        solos = _alone(bench, order, sweeps[0], tried, by_chance) if right else []
    runs = tuple(steady.run(sweep, list(checks)) for sweep in sweeps)
    others = [runs[0].starter, *(one.statuses for one in tried.comparisons)]
    table = matrix.columns(checks, tried.trials, others, by_chance)
    findings: list[Finding] = [
        *steady.solution(course, sweeps),
        *steady.starter(course, bench.starter, sweeps[0].starter),
        *doubts.findings(settled, checks),
        *steady.alone(solos, checks),
        *matrix.raised(checks, {"the starter": sweeps[0].starter, **tried.reports}),
        *(matrix.findings(course, checks, table, tried.trials) if right else ()),
        *(kept.findings(course, before, table, tried.trials, runs[0].starter) if right else ()),
        *variants.findings(tried.comparisons),
        *promises.findings(course, checks),
        *stray.findings(course, {Path(spec.file) for spec in checks.values()}),
    ]
    return Proof(
        checkpoint_id=course.checkpoint.id,
        checkpoint_title=course.checkpoint.title,
        fingerprint=course.fingerprint,
        root=place(course.root),
        seed=order.seed,
        columns=table,
        findings=tuple(findings),
        runs=runs,
        trials=tried.trials,
        variants=tried.comparisons,
        duration_ms=round((time.perf_counter() - started) * 1000, 1),
        versions=versions(),
        started_at=started_at,
    )


def _swept(bench: Bench, order: Order) -> list[Sweep]:
    """Judge solution and starter again and again: with other seeds, and in other orders of checks."""
    sweeps = []
    for number, (seed, order_seed) in enumerate(order_seeds(order.seed, RUNS, SHUFFLED)):
        order.tell("solution and starter", number, RUNS)
        order.heed()
        solution, *starter = bench.judge(bench.apps, seed, order_seed=order_seed)
        sweeps.append(Sweep(order_seed is not None, solution, starter[0] if starter else None))
    return sweeps


def _settled(bench: Bench, order: Order, sweeps: Sequence[Sweep]) -> list[Settled]:
    """Find out why runs differ, by trying them again."""
    apps = dict(zip(("solution", "starter"), bench.apps, strict=False))

    @cache
    def again(app: str, seed: int, order_seed: int | None) -> list[Report]:
        reports = []
        for number in range(AGAIN):
            order.tell("once more, for runs differ", number, AGAIN)
            order.heed()
            reports += bench.judge([apps[app]], seed, order_seed=order_seed)
        return reports

    return [doubts.settled(doubt, again) for doubt in doubts.doubts(sweeps)]


def _tried(bench: Bench, order: Order, given: Sequence[Variant], judges: Judges, by_chance: Collection[str]) -> _Tried:
    """Judge all mutants of the solution, and all variants."""
    course, files, checks = order.course, bench.solution.files, list(bench.checks)
    made = mutants(files)
    changed = {f"the mutant {one.id}": _changed(bench.solution, one) for one in made}
    tasks = [Task(name, submission.path, submission) for name, submission in changed.items()]
    tasks += [Task(place(one.path), place(one.path), one.submission, one.refused) for one in given]
    reports = reports_on(tasks, judges, order.heed, lambda done, of: order.tell("mutants and variants", done, of))
    return _Tried(
        reports,
        changed,
        tuple(
            matrix.trial(one, files[one.file], reports[name], course, checks, by_chance)
            for one, name in zip(made, changed, strict=True)
        ),
        tuple(variants.compared(one, reports[place(one.path)], checks) for one in given),
    )


def _changed(solution: Submission, mutant: Mutant) -> Submission:
    files = {**solution.files, mutant.file: mutant.content}
    return replace(solution, files=files, sha256=digest(files))


def _alone(bench: Bench, order: Order, first: Sweep, tried: _Tried, by_chance: Collection[str]) -> list[Solo]:
    """Judge each check behind nothing but what it needs: by solution, starter, and a mutant that few checks notice.

    Those that come to what they do `by_chance` would do so here, too.
    """
    solos: list[Solo] = []
    among = {"the solution": first.solution, "the starter": first.starter, **tried.reports}
    for number, id in enumerate(bench.checks):
        order.tell("each check alone", number, len(bench.checks))
        order.heed()
        if id in by_chance:
            continue
        apps = dict(zip(among, bench.apps, strict=False))
        for name in _witnesses(number, tried):
            apps[name] = tried.submissions[name]
        reports = bench.judge(list(apps.values()), order.seed, only=id)
        for name, report in zip(apps, reports, strict=True):
            full = among[name]
            assert full is not None  # noqa: S101 - it was judged before
            solo = Solo(id, name, steady.status(report, id), steady.status(full, id))
            solos.append(solo if solo.alone == solo.among else _again(bench, order, solo, apps[name]))
    return solos


def _again(bench: Bench, order: Order, solo: Solo, app: Submission) -> Solo:
    """Try again what a check comes to alone, and among all others."""
    again = []
    for _ in range(AGAIN):
        order.heed()
        alone, among = (bench.judge([app], order.seed, only=only)[0] for only in (solo.check, None))
        again.append((steady.status(alone, solo.check), steady.status(among, solo.check)))
    return solo._replace(again=tuple(again))


def _witnesses(number: int, tried: _Tried) -> Iterator[str]:
    """Yield the mutant for which a check fails, and as few others as possible, if there is one that keeps nothing.

    What an app itself keeps between requests may well depend on which of them came before.
    """
    known = zip(tried.submissions, map(matrix.killers, tried.trials), strict=True)
    failing = sorted((len(failed), name) for name, failed in known if number in failed and len(failed) <= FEW)
    yield from islice((name for _, name in failing if keeps_nothing(tried.submissions[name].files)), 1)
