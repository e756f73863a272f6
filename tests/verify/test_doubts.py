"""Why a check comes to something else in another run: by the seed, by the order, or by chance."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from checkpoint.verify import doubts
from checkpoint.verify.steady import Sweep
from tests.verify.conftest import report, result, specs, statuses

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.model import Report
    from checkpoint.verify.doubts import App
    from checkpoint.verify.proof import Finding

    Again = Callable[[App, int, int | None], list[Report]]


def sweep(solution: str, app: str | None = "x.", *, seed: int = 0, shuffled: bool = False) -> Sweep:
    return Sweep(shuffled, statuses(solution, seed), statuses(app, seed) if app else None)


def comes_to(marks: Callable[[App, int, int | None], str]) -> Again:
    """Return what tries again, and comes to this."""
    return lambda app, seed, order_seed: [statuses(marks(app, seed, order_seed), seed) for _ in range(3)]


def found(sweeps: list[Sweep], again: Again, ids: str = "ab") -> list[Finding]:
    settled = [doubts.settled(doubt, again) for doubt in doubts.doubts(sweeps)]
    return list(doubts.findings(settled, specs(ids)))


def never(_app: App, _seed: int, _order_seed: int | None) -> list[Report]:
    raise AssertionError("nothing differs")


def test_where_nothing_differs_nothing_is_tried_again():
    assert found([sweep(".x"), sweep(".x", seed=7, shuffled=True)], never) == []


def test_what_waits_for_one_that_differs_is_not_meant():
    assert [doubt.check for doubt in doubts.doubts([sweep("..", None), sweep("x-", None, seed=7)])] == ["a"]
    assert [doubt.check for doubt in doubts.doubts([sweep("..", ".."), sweep("..", "x-", seed=7)])] == ["a"]


def test_a_solution_that_some_seed_does_not_let_pass_is_told_once_with_that_seed_and_the_checks_place():
    sweeps = [sweep(".."), sweep(".x", seed=7), sweep(".x", seed=8, shuffled=True)]
    (finding,) = found(sweeps, comes_to(lambda _app, seed, _order: ".x" if seed else ".."))
    assert finding.rule == "solution"
    assert finding.message == "The solution does not pass `b` in 2 of 3 runs: with seed 7 it is failed. b says so"
    assert (finding.where or "").endswith("checks/test_x.py:2")


def test_one_that_fails_in_another_order_only_is_told_with_what_came_before():
    turned = Sweep(True, report(result("b", "passed"), result("a", "failed", "why"), seed=9), None)
    (finding,) = found([sweep("..", None), turned], comes_to(lambda _app, _seed, order: "x." if order else ".."))
    assert finding.rule == "order"
    assert finding.message.endswith("in 1 of 2 runs: with seed 9, behind b, it is failed. why")


def test_one_that_passes_in_another_order_only_depends_on_the_order_too():
    sweeps = [sweep("x.", None), sweep("..", None, seed=9, shuffled=True)]
    (finding,) = found(sweeps, comes_to(lambda _app, _seed, order: ".." if order else "x."))
    assert finding.rule == "order"


def test_one_that_fails_with_that_seed_in_the_usual_order_too_does_not_depend_on_the_order():
    sweeps = [sweep("..", None), sweep("x.", None, seed=9, shuffled=True)]
    (finding,) = found(sweeps, comes_to(lambda _app, seed, _order: "x." if seed else ".."))
    assert finding.rule == "solution"


@pytest.mark.parametrize("shuffled", [False, True])
def test_one_that_comes_to_something_else_though_nothing_was_changed_is_left_to_chance(shuffled: bool):
    luck = cycle([".x", ".."])
    sweeps = [sweep("..", None), sweep(".x", None, seed=9, shuffled=shuffled)]
    (finding,) = found(sweeps, comes_to(lambda *_: next(luck)))
    assert finding.rule == "chance"
    assert finding.message.endswith("Tried again with the same seed, in the same order, it came to something else.")
    assert (finding.where or "").endswith("checks/test_x.py:2")


def test_a_starter_that_differs_is_told_so_with_the_checks_place():
    sweeps = [sweep("..", "x."), sweep("..", "..", seed=4)]
    (finding,) = found(sweeps, comes_to(lambda _app, seed, _order: ".." if seed else "x."))
    assert (finding.rule, (finding.where or "").endswith("checks/test_x.py:1")) == ("starter", True)
    assert finding.message == "For the starter `a` is failed with seed 0, and passed with seed 4."


def test_a_starter_that_differs_in_another_order_is_told_what_came_before_without_a_stray_comma():
    turned = Sweep(True, report(result("b", "passed"), result("a", "passed"), seed=4), statuses("..", 4))
    (finding,) = found([sweep("..", "x."), turned], comes_to(lambda _app, _seed, order: ".." if order else "x."))
    assert finding.rule == "order"
    assert finding.message == "For the starter `a` is failed with seed 0, and passed with seed 4, behind b."
