"""Keep back what a learner is not to see of hidden checks, before any format gets to see it.

A format is given a Report in which such a check has an id, a status and points, and nothing else: what is not
there, no format can tell by mistake.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checkpoint.model import CheckResult

if TYPE_CHECKING:
    from collections.abc import Container

    from checkpoint.model import Cause, Report, Visibility


def without_hidden(report: Report, keeps: Container[Visibility] = ()) -> Report:
    """Return the report with hidden checks reduced to what counts.

    `keeps` has the visibilities that the format's platform itself enforces; those checks stay as they are. How long a
    hidden check took goes, too, from the time of the whole: an app can make that depend on what it is asked.
    """
    shown = tuple(
        check if check.visibility == "visible" or check.visibility in keeps else _reduced(check)
        for check in report.checks
    )
    unsaid = sum(check.duration_ms for check in report.checks) - sum(check.duration_ms for check in shown)
    took = round(max(report.duration_ms - unsaid, 0), 1)
    return replace(report, checks=shown, cause=_known(report, shown), duration_ms=took)


def _reduced(check: CheckResult) -> CheckResult:
    """Return what is counted of a check."""
    # A decision goes too, for its reason would tell; its verdict stays, or the points would not add up.
    return CheckResult(check.id, check.id, check.outcome, check.max_points, visibility=check.visibility)


def _known(report: Report, shown: tuple[CheckResult, ...]) -> Cause | None:
    """Return what happened to the app as a whole, unless only a check that is kept back has seen it."""
    if report.cause is None or report.cause not in {check.cause for check in report.checks}:
        return report.cause
    return next((check.cause for check in shown if check.cause), None)
