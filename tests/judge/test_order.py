"""Checks in another order: still each behind what it needs, hidden ones last, and the same order for the same seed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from checkpoint.judge import order
from checkpoint.judge.api import SPEC, Spec
from checkpoint.judge.run import Plan
from checkpoint.model import Checkpoint, Course

if TYPE_CHECKING:
    from pathlib import Path

NEEDS = {"a": (), "b": ("a",), "c": ("b",), "d": (), "e": ("d", "a"), "f": (), "g": (), "h": ()}
HIDDEN = {"g"}


def arranged(root: Path, order_seed: int | None, only: str | None = None) -> list[str]:
    specs = {
        id: Spec(id, id, needs=needs, visibility="hidden" if id in HIDDEN else "visible") for id, needs in NEEDS.items()
    }
    items: list[Any] = [SimpleNamespace(function=SimpleNamespace(**{SPEC: spec})) for spec in specs.values()]
    plan = Plan(Course(Checkpoint("x", "X"), root, ""), only, order_seed=order_seed)
    order.arrange(items, specs)
    order.select(items, specs, plan)
    return list(plan.specs)


def test_without_a_seed_they_stay_as_they_are(tmp_path: Path):
    assert arranged(tmp_path, None) == ["a", "b", "c", "d", "e", "f", "h", "g"]


def test_a_seed_shuffles_them_behind_what_they_need(tmp_path: Path):
    seen = set()
    for seed in range(40):
        ids = arranged(tmp_path, seed)
        assert sorted(ids) == sorted(NEEDS)
        assert all(ids.index(need) < ids.index(id) for id, needs in NEEDS.items() for need in needs)
        assert ids[-1] == "g"
        assert ids == arranged(tmp_path, seed)
        seen.add(tuple(ids))
    assert len(seen) > 30


def test_what_one_check_needs_is_shuffled_too(tmp_path: Path):
    assert {tuple(arranged(tmp_path, seed, "e")) for seed in range(20)} == {("a", "d", "e"), ("d", "a", "e")}
