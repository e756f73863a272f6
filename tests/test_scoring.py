"""Points are earned by passing alone; what is open is neither earned nor lost, and nobody passes while it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from typing import get_args

import pytest

from checkpoint.model import CheckResult, Decision, Score, Status, Verdict
from checkpoint.scoring import score

STATUSES: tuple[Status, ...] = get_args(Status)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
OPEN = ("undecided", "error")


def checks(*statuses: Status, points: int = 2) -> list[CheckResult]:
    return [CheckResult(f"c{number}", "", status, points) for number, status in enumerate(statuses)]


def test_all_passed_is_full_marks():
    assert score(checks("passed", "passed"), 100) == Score(4, 4, 100.0, 100, passed=True)


def test_nothing_passed_is_nothing():
    assert score(checks("failed", "blocked"), 50) == Score(0, 4, 0.0, 50, passed=False)


@pytest.mark.parametrize("statuses", list(product(STATUSES, repeat=3)), ids="-".join)
def test_what_counts_for_any_three(statuses: tuple[Status, ...]):
    result = score(checks(*statuses), 30)
    assert result.earned == 2 * statuses.count("passed")
    assert result.possible == 6
    assert result.passed == ("passed" in statuses and not set(OPEN) & set(statuses))


@pytest.mark.parametrize("status", OPEN)
def test_nobody_passes_by_leaving_something_open(status: Status):
    rest = checks("passed", points=99)
    left = CheckResult("open", "", status, 1)
    assert not score([*rest, left], 50).passed
    assert score([*rest, left], 50).possible == 100
    # Not even if it is worth nothing: somebody has to look at it.
    assert not score([*rest, CheckResult("open", "", status, 0)], 50).passed


@pytest.mark.parametrize(
    ("earned", "possible", "percent", "mark", "passed"),
    [
        (2, 3, 66.67, 66.6, True),
        (2, 3, 66.67, 66.7, False),
        (1, 3, 33.33, 0, True),
        (19, 20, 95.0, 100, False),
        (20, 20, 100.0, 100, True),
        (7, 10, 70.0, 70, True),
        (0, 10, 0.0, 0, True),
    ],
)
def test_the_pass_mark_is_reached_by_its_share(earned: int, possible: int, percent: float, mark: float, passed: bool):
    results = [CheckResult("a", "", "passed", earned), CheckResult("b", "", "failed", possible - earned)]
    assert score(results, mark) == Score(earned, possible, percent, mark, passed)


@pytest.mark.parametrize("status", OPEN)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_what_a_person_decided_is_settled(status: Status, verdict: Verdict):
    done, left = checks("passed", status)
    decided = replace(left, decision=Decision(verdict, "I looked.", "Ada", datetime(2026, 3, 4, tzinfo=UTC)))
    earned = 4 if verdict == "passed" else 2
    assert score([done, decided], 50) == Score(earned, 4, 25.0 * earned, 50, passed=True)
    assert not score([done, decided, replace(left, id="other")], 50).passed


def test_without_checks_nobody_passes():
    assert not score([], 0).passed


def test_a_partial_score_is_no_more_than_it_is():
    assert score(checks("passed"), 100).possible == 2


def test_results_may_come_from_anywhere():
    assert score((check for check in checks("passed", "failed")), 50).passed
