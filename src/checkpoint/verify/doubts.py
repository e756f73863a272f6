"""Find out why a check comes to something else in another run: by the seed, by the order of checks, or by chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from checkpoint.verify.places import place
from checkpoint.verify.proof import Finding
from checkpoint.verify.raising import unwrapped
from checkpoint.verify.steady import CHANCE_HELP, behind, result, status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from checkpoint.judge.api import Spec
    from checkpoint.model import Report
    from checkpoint.verify.proof import Rule
    from checkpoint.verify.steady import Sweep

App = Literal["solution", "starter"]
Why = Literal["seed", "order", "chance"]
HELP: dict[Why, str] = {
    "seed": "a check must accept what is right whatever the seed, and say the same of an app each time",
    "order": "a check must come to the same whichever came before: let it make all that it asks about",
    "chance": CHANCE_HELP,
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Hold a check that comes to one thing for an app in a `usual` run, and to another in `times` of all `runs`."""

    check: str
    app: App
    usual: Sweep
    odd: Sweep
    times: int
    runs: int


class Settled(NamedTuple):
    """Hold a doubt, and why it is so."""

    doubt: Doubt
    why: Why


def doubts(sweeps: Sequence[Sweep]) -> Iterator[Doubt]:
    """Yield what differs between runs, each check once for each app; what only waits for another one is not meant."""
    usual_first = sorted(sweeps, key=lambda sweep: sweep.shuffled)
    for check in sweeps[0].solution.checks:
        bad = [sweep for sweep in usual_first if status(sweep.solution, check.id) not in ("passed", "blocked")]
        good = [sweep for sweep in usual_first if status(sweep.solution, check.id) == "passed"]
        if bad and good:
            yield Doubt(check.id, "solution", good[0], bad[0], len(bad), len(sweeps))
    first = sweeps[0].starter
    for check in first.checks if first else ():
        ways = (check.status, "blocked")
        other = [sweep for sweep in usual_first if sweep.starter and status(sweep.starter, check.id) not in ways]
        if other and check.status != "blocked":
            yield Doubt(check.id, "starter", sweeps[0], other[0], len(other), len(sweeps))


def settled(doubt: Doubt, again: Callable[[App, int, int | None], Sequence[Report]]) -> Settled:
    """Return why it is so; `again` gives the reports on an app, tried again and again with a seed and an order's seed.

    What differs though nothing was changed does so by chance; what differs in another order alone, by that.
    """
    check, odd = doubt.check, status(_report(doubt.odd, doubt.app), doubt.check)
    for sweep in (doubt.odd, doubt.usual):
        came = status(_report(sweep, doubt.app), check)
        if any(status(report, check) != came for report in again(doubt.app, sweep.solution.seed, sweep.order_seed)):
            return Settled(doubt, "chance")
    if doubt.odd.order_seed == doubt.usual.order_seed:
        return Settled(doubt, "seed")
    reordered = again(doubt.app, doubt.odd.solution.seed, doubt.usual.order_seed)
    same = sum(status(report, check) == odd for report in reordered)
    return Settled(doubt, "order" if not same else "seed" if same == len(reordered) else "chance")


def findings(all_settled: Iterable[Settled], checks: Mapping[str, Spec]) -> Iterator[Finding]:
    """Yield what the author has to mend; the place is the check's."""
    for doubt, why in all_settled:
        spec = checks[doubt.check]
        rule: Rule = doubt.app if why == "seed" else why
        yield Finding(rule, _words(doubt, why), place(spec.file, spec.line), HELP[why])


def by_chance(all_settled: Iterable[Settled]) -> frozenset[str]:
    """Return the checks of which nothing can be said: what they notice they may notice by chance."""
    return frozenset(doubt.check for doubt, why in all_settled if why == "chance")


def _words(doubt: Doubt, why: Why) -> str:
    check, odd, usual = doubt.check, _report(doubt.odd, doubt.app), _report(doubt.usual, doubt.app)
    came = behind(check, doubt.odd)
    also = " Tried again with the same seed, in the same order, it came to something else." if why == "chance" else ""
    if doubt.app == "starter":
        return (
            f"For the starter `{check}` is {status(usual, check)} with seed {usual.seed}, and {status(odd, check)} "
            f"with seed {odd.seed}{f', {came}' if came else ''}.{also}"
        )
    feedback = result(odd, check).feedback
    words = f" {unwrapped(feedback.message)[0]}" if feedback else ""
    how = f"with seed {odd.seed}{f', {came},' if came else ''} it is {status(odd, check)}"
    return f"The solution does not pass `{check}` in {doubt.times} of {doubt.runs} runs: {how}.{words}{also}"


def _report(sweep: Sweep, app: App) -> Report:
    report = sweep.solution if app == "solution" else sweep.starter
    assert report is not None  # noqa: S101 - there would be no doubt
    return report
