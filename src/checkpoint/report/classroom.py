"""Write a Report as the results that GitHub Classroom's autograding reporter reads.

The step that grades puts them, in base64, into its output `result`, and the reporter's step gets that as an environment
variable (classroom-resources/autograding-grading-reporter, src/main.js). It adds up the scores of all tests, and prints
names, messages and test code into its log.
"""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from checkpoint.report.json import dumps
from checkpoint.report.prose import bounded, one_line, prose
from checkpoint.report.words import caveats, counted

if TYPE_CHECKING:
    from checkpoint.model import CheckResult, Report
    from checkpoint.report import Style

VERSION = 3
# Linux takes at most 128 KiB for one environment variable, and base64 makes four bytes of three.
MOST_BYTES = 90_000
_MESSAGE_CHARACTERS = (4000, 1000, 250, 0)  # tried in turn until the whole is small enough
_NAME_CHARACTERS = 200
_PATH_CHARACTERS = 300


def render(report: Report, style: Style) -> str:
    """Return the report as JSON text of version 3, small enough for an environment variable."""
    tests = [_test(check, report, style) for check in report.checks] or _nothing_ran(report)
    known = {"version": VERSION, "status": _status(report), "max_score": report.score.possible}
    text = ""
    for most in _MESSAGE_CHARACTERS:
        text = dumps(known | {"tests": [_shortened(test, most) for test in tests]}, indent=None)
        if len(text.encode()) <= MOST_BYTES:
            return text
    kept = len(tests)
    while len(text.encode()) > MOST_BYTES:
        kept //= 2
        shown = [_shortened(test, 0) for test in tests[:kept]]
        text = dumps(known | {"tests": [*shown, _together(tests[kept:])]}, indent=None)
    return text


def _together(tests: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one test that stands for many: the reporter adds up all scores."""
    return {
        "name": f"and {counted(len(tests), 'more check')}",
        "status": "pass" if all(test["status"] == "pass" for test in tests) else "fail",
        "score": sum(test["score"] for test in tests),
        "message": "See the step summary.",
        "test_code": "",
        "filename": "",
        "line_no": 0,
        "duration": sum(test["duration"] for test in tests),
    }


def _shortened(test: dict[str, Any], most: int) -> dict[str, Any]:
    """Return a test whose message has at most so many characters; with none, the learner's words are left out."""
    message = test["message"]
    if most:
        return test | {"message": message and bounded(message, most)}
    return test | {"message": message and "See the step summary.", "test_code": "", "filename": ""}


def _status(report: Report) -> str:
    """Return what the run came to: "error" only when nothing but a fault of ours stands between it and a pass."""
    if report.passed:
        return "pass"
    faults = not report.complete or all(check.outcome in ("passed", "error") for check in report.checks)
    return "error" if faults else "fail"


def _test(check: CheckResult, report: Report, style: Style) -> dict[str, Any]:
    """Return one check; only what was scored may bring a score, for the reporter adds them all up."""
    location = check.feedback.location if check.feedback else None
    status = {"passed": "pass", "error": "error"}.get(check.outcome, "fail")
    return {
        "name": one_line(check.title, _NAME_CHARACTERS),
        "status": status,
        "score": check.points if report.only in (None, check.id) else 0,
        "message": None if check.outcome == "passed" else _message(check, report, style),
        "test_code": _again(check, report),
        "filename": one_line(location.file, _PATH_CHARACTERS) if location else "",
        "line_no": location.line if location else 0,
        "duration": round(check.duration_ms),
    }


def _nothing_ran(report: Report) -> list[dict[str, Any]]:
    """Return what stands for the checks when there are none: why, where the reporter prints it."""
    if report.stopped is None:
        return []
    return [
        {
            "name": one_line(report.checkpoint_title, _NAME_CHARACTERS),
            "status": "error",
            "score": 0,
            "message": "\n".join(one_line(words, 1000) for words in caveats(report)),
            "test_code": "",
            "filename": "",
            "line_no": 0,
            "duration": round(report.duration_ms),
        }
    ]


def _message(check: CheckResult, report: Report, style: Style) -> str:
    """Return what there is to say of a check, and who is to decide or at fault when it is not the learner's turn."""
    words = bounded(prose(check, report, style), _MESSAGE_CHARACTERS[0] - 500)
    if check.outcome == "error":
        words = f"{one_line(check.title, _NAME_CHARACTERS)}: {words}"  # the reporter prints no name then
    return "\n\n".join([words, *caveats(replace(report, checks=(check,), stopped=None, only=None))])


def _again(check: CheckResult, report: Report) -> str:
    """Return the command that repeats the check."""
    path, name = (shlex.quote(one_line(text, _PATH_CHARACTERS)) for text in (report.submission_path, check.id))
    return f"checkpoint grade {path} --only {name}"
