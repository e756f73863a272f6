"""Add up what a submission has earned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.model import Score

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checkpoint.model import CheckResult


def score(results: Iterable[CheckResult], pass_percent: float) -> Score:
    """Return the score of some checks.

    What is undecided or went wrong through our fault is not earned, and its points stay possible: nobody
    passes by making a check undecidable, nor while one is. What a person has decided counts as decided.
    """
    checks = list(results)
    earned = sum(check.points for check in checks)
    possible = sum(check.max_points for check in checks)
    percent = round(100 * earned / possible, 2) if possible else 100.0
    settled = all(check.outcome not in ("undecided", "error") for check in checks)
    return Score(earned, possible, percent, pass_percent, settled and bool(checks) and percent >= pass_percent)
