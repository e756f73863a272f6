"""Render a Report as a code quality report of GitLab's, which a merge request shows at the learner's own lines.

GitLab's documentation on code quality lists the fields; of two issues with one fingerprint it shows one.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

from checkpoint.report.json import dumps
from checkpoint.report.prose import headline, one_line

if TYPE_CHECKING:
    from checkpoint.model import CheckResult, Report, Status

Severity = Literal["info", "minor", "major", "critical", "blocker"]

# A check that passed has nothing to say, and one that waits only repeats what it waits for. The check's own faults are
# told all the same: an empty list says that all is well.
_SEVERITIES: dict[Status, Severity] = {"failed": "major", "undecided": "minor", "error": "info"}
_MAIN = "app.py"  # what a folder is graded by
_MOST_OF_A_PATH = 1000  # characters


def render(report: Report) -> str:
    """Return the report as a JSON list of issues; it is empty when all is well."""
    issues = [_issue(check, report) for check in report.checks if _is_told(check, report)]
    if report.stopped is not None:
        # No check's id has a space, so that none can have this name.
        words = one_line(report.stopped.message)
        issues.insert(0, _made("grading cut short", words, "critical", report, _path(report.submission_path), 1))
    return dumps(issues)


def _is_told(check: CheckResult, report: Report) -> bool:
    """Say whether a check makes an issue; what was not reached is part of the one that says so."""
    return check.outcome in _SEVERITIES and (report.complete or check.outcome != "error")


def _issue(check: CheckResult, report: Report) -> dict[str, Any]:
    """Return a check as an issue at the line that it blames, or at the submission's first."""
    place = check.feedback.location if check.feedback else None
    file, line = (place.file, place.line) if place else (report.submission_path, 1)
    return _made(
        one_line(check.id), headline(check, report), _SEVERITIES[check.outcome], report, _path(file), max(line, 1)
    )


def _made(name: str, description: str, severity: Severity, report: Report, path: str, line: int) -> dict[str, Any]:
    """Return an issue; its fingerprint stays the same while the learner moves lines about."""
    known_by = "\0".join((one_line(report.checkpoint_id), name, path))
    return {
        "description": description,
        "check_name": name,
        "fingerprint": sha256(known_by.encode()).hexdigest(),
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }


def _path(file: str) -> str:
    """Return a path as GitLab appends it to a commit's address: relative, and not out of the repository."""
    parts = file[: _MOST_OF_A_PATH + 1].split("/")
    kept = "/".join(part for part in parts if part not in ("", ".", ".."))
    return one_line(kept, _MOST_OF_A_PATH) or _MAIN
