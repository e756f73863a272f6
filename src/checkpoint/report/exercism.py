"""Render a Report as the results.json of an Exercism test runner, version 3.

The rules are those of Exercism's documents for test runners, interface.md: what the site shows is the first test that
did not pass, or the top message alone when the status is `error`.
"""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any, Literal

from checkpoint.report.json import dumps
from checkpoint.report.prose import one_line, prose
from checkpoint.report.rows import lines_of
from checkpoint.report.visible import visible
from checkpoint.report.words import score_line

if TYPE_CHECKING:
    from checkpoint.model import CheckResult, Report, Status
    from checkpoint.report import Style

Result = Literal["pass", "fail", "error"]

# Who must wait, or be decided upon by a person, has not passed: a solution is complete only when every test passes.
_RESULTS: dict[Status, Result] = {
    "passed": "pass",
    "failed": "fail",
    "blocked": "fail",
    "undecided": "fail",
    "error": "error",
}
_MOST_OUTPUT = 500  # characters, by interface.md
_CUT = "\nOutput was truncated. Please limit to 500 chars."


def render(report: Report, style: Style) -> str:
    """Return the report as the JSON text of a results.json."""
    status = _status(report)
    tests = [] if status == "error" else [_test(check, report, style) for check in report.checks]
    message = _message(report, style) if status == "error" else None
    return dumps({"version": 3, "status": status, "message": message, "tests": tests})


def _status(report: Report) -> Result:
    """Return the status of the whole: a pass mark below 100 % is not one of Exercism's, where all tests must pass."""
    if not any(map(_ran, report.checks)):
        return "error"
    if any(check.outcome != "passed" for check in report.checks):
        return "fail"
    return "pass" if report.complete else "error"


def _ran(check: CheckResult) -> bool:
    """Say whether a check got to judge the app."""
    return check.outcome in ("passed", "failed", "undecided") and check.cause != "not_loadable"


def _message(report: Report, style: Style) -> str:
    """Return why nothing could be tested; it is all that a learner gets to see."""
    said = [] if report.stopped is None else [one_line(report.stopped.message)]
    statuses = ("failed", "error") if report.complete else ("failed",)
    said += [prose(check, report, style) for check in report.checks if check.outcome in statuses][:1]
    return "\n\n".join(said) or one_line(score_line(report))


def _test(check: CheckResult, report: Report, style: Style) -> dict[str, Any]:
    """Return one check as a test."""
    test = {"name": one_line(check.title), "status": _RESULTS[check.outcome], "test_code": _command(check, report)}
    if check.outcome != "passed" and (message := prose(check, report, style)):
        test["message"] = message
    if output := _output(check.output):
        test["output"] = output
    return test


def _command(check: CheckResult, report: Report) -> str:
    """Return how to repeat a check: its source is the course's, and not in a report."""
    return f"checkpoint grade {quote(one_line(report.submission_path))} --only {quote(one_line(check.id))}"


def _output(text: str) -> str:
    """Return what the app printed, from its beginning; what is cut short says so in the words of interface.md."""
    if not text.strip():
        return ""
    shown = "\n".join(map(visible, lines_of(text[: _MOST_OUTPUT + 1])))
    if len(text) <= _MOST_OUTPUT and len(shown) <= _MOST_OUTPUT:
        return shown
    return shown[: _MOST_OUTPUT - len(_CUT)] + _CUT
