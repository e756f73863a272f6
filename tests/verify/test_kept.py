"""What a check noticed it has to notice later, too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from checkpoint.errors import BrokenCheckpoint
from checkpoint.model import Checkpoint, Course
from checkpoint.verify import kept, matrix, steady
from checkpoint.verify.steady import Sweep
from tests.verify.conftest import specs, statuses
from tests.verify.test_matrix import ORIGINAL, mutant
from tests.verify.test_shown import proof

if TYPE_CHECKING:
    from pathlib import Path

    from checkpoint.verify.proof import Finding


def prove(root: Path, mutants: dict[str, str], checks: str = "ab", starter: str = "x-") -> tuple[str, list[Finding]]:
    """Return what would be kept of these mutants, and what is found by what was."""
    course = Course(Checkpoint("hello", "Hello"), root, "")
    trials = tuple(matrix.trial(mutant(id), ORIGINAL, statuses(marks), course, checks) for id, marks in mutants.items())
    table = matrix.columns(specs(checks), trials, ())
    run = steady.run(Sweep(False, statuses("." * len(checks)), statuses(starter) if starter else None), checks)
    shown = proof(columns=table, trials=trials, runs=(run,))
    return kept.text(shown), list(kept.findings(course, kept.read(course), table, trials, run.starter))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder in which is kept that a fails for m1 and m2, b for m2 and m3."""
    text, findings = prove(tmp_path, {"m3": ".x", "m1": "x-", "m2": "xx"})
    assert findings == []
    assert json.loads(text)["kills"] == {"a": ["m1", "m2", "the starter"], "b": ["m2", "m3"]}
    (tmp_path / "kills.json").write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    "mutants",
    [
        {"m1": "x-", "m2": "xx", "m3": ".x"},
        {"m1": "xx", "m2": "xx", "m3": "xx", "m4": "x."},
        {"m2": "x-", "m3": "?!"},
    ],
)
def test_a_check_that_notices_as_much_is_no_finding(root: Path, mutants: dict[str, str]):
    assert prove(root, mutants)[1] == []


def test_a_check_that_notices_less_is_named_even_if_another_one_does(root: Path):
    (finding,) = prove(root, {"m1": ".x", "m2": ".x", "m3": ".x"})[1]
    assert finding.message == "`a` no longer notices m1: One is added twice. So it is with 1 more."
    assert (finding.rule, "+2" in finding.diff) == ("weaker", True)
    assert (finding.where or "").endswith("checks/test_x.py:1")


def test_the_starter_counts_too(root: Path):
    (finding,) = prove(root, {"m2": "xx"}, starter="..")[1]
    assert finding.message == "`a` no longer notices the starter."
    assert prove(root, {"m2": "xx"}, starter="")[1] == []


def test_a_check_that_is_gone_is_told(root: Path):
    assert [finding.message for finding in prove(root, {"m1": "x"}, "a", "x")[1]] == [
        "There was a check `b`, and there is none any more."
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "checkpoint.kills/2", "kills": {}}', '{"kills": 3}'])
def test_a_file_of_something_else_is_refused(root: Path, text: str):
    (root / "kills.json").write_text(text)
    with pytest.raises(BrokenCheckpoint, match=r"kills\.json"):
        prove(root, {"m1": "x."})
