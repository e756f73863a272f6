"""Render a Report in the Common Test Report Format, version 1.0.0.

The format's schema, ctrf.schema.json, allows no field of one's own but in `extra`; times are whole milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from checkpoint.report.json import dumps, moment
from checkpoint.report.prose import headline, one_line, printed, prose
from checkpoint.report.words import score_line

if TYPE_CHECKING:
    from checkpoint.model import CheckResult, Decision, Report, Status, Stop
    from checkpoint.report import Style

Outcome = Literal["passed", "failed", "skipped", "pending", "other"]

# As the format means them: what is skipped was left out on purpose; what is pending still waits, for its turn or, here,
# for a person's decision; other is what only one tool knows, here that the check itself could not be run.
_OUTCOMES: dict[Status, Outcome] = {
    "passed": "passed",
    "failed": "failed",
    "blocked": "skipped",
    "undecided": "pending",
    "error": "other",
}
_MOST_OF_A_TEXT = 10_000  # characters
_MOST_NOTES = 100


def render(report: Report, style: Style) -> str:
    """Return the report as a CTRF document."""
    tests = [_test(check, report, style) for check in report.checks]
    if report.stopped is not None:
        tests.append(_cut_short(report.stopped, report))
    results = {
        "tool": {"name": "checkpoint"} | _kept(version=_shown(report.versions).get("checkpoint")),
        "summary": _summary(tests, report),
        "tests": tests,
        "environment": {
            "reportName": one_line(report.checkpoint_title),
            "appName": one_line(report.submission_path),
            "extra": {
                "isolation": {"level": report.isolation.level, "detail": one_line(report.isolation.detail)},
                "versions": _shown(report.versions),
            },
        },
        "extra": _facts(report),
    }
    return dumps({"reportFormat": "CTRF", "specVersion": "1.0.0", "generatedBy": "checkpoint", "results": results})


def _test(check: CheckResult, report: Report, style: Style) -> dict[str, Any]:
    """Return one check as a test.

    Its place is the learner's line that is to blame, which is where readers put their annotation; the format means the
    test's own, which a learner has not got.
    """
    place = check.feedback.location if check.feedback else None
    outcome = "pending" if check.outcome == "error" and not report.complete else _OUTCOMES[check.outcome]
    message, trace = headline(check, report), prose(check, report, style)
    output = printed(check.output, _MOST_OF_A_TEXT)
    return _kept(
        name=one_line(check.title) or one_line(check.id),
        suite=[one_line(report.checkpoint_id)],
        status=outcome,
        duration=round(check.duration_ms),
        message=message if check.outcome != "passed" or check.decision else None,
        trace=None if trace in ("", message) else trace,
        rawStatus=check.status,
        filePath=one_line(place.file).removeprefix("./") if place else None,
        line=place.line if place else None,
        stdout=output.split("\n") if output else None,
        extra=_kept(
            id=one_line(check.id),
            points=check.points,
            max_points=check.max_points,
            visibility=check.visibility,
            cause=check.cause,
            decision=_decision(check.decision) if check.decision else None,
            hints=[one_line(hint) for hint in (check.hints if style.hints else check.hints[:1])],
        ),
    )


def _decision(decision: Decision) -> dict[str, str]:
    """Return what a person decided."""
    return {
        "verdict": decision.verdict,
        "reason": one_line(decision.reason, _MOST_OF_A_TEXT),
        "who": one_line(decision.who),
        "at": moment(decision.at),
    }


def _cut_short(stop: Stop, report: Report) -> dict[str, Any]:
    """Return the test that makes a run fail that did not come to its end, however its checks came out."""
    return {
        "name": "grading",
        "suite": [one_line(report.checkpoint_id)],
        "status": "failed",
        "duration": 0,
        "message": one_line(stop.message),
        "rawStatus": stop.why,
    }


def _summary(tests: list[dict[str, Any]], report: Report) -> dict[str, int]:
    """Return the counts, and when grading began and ended, in milliseconds since 1970."""
    start = round(report.started_at.timestamp() * 1000)
    duration = round(report.duration_ms)
    counts = {outcome: sum(test["status"] == outcome for test in tests) for outcome in get_args(Outcome)}
    return {"tests": len(tests), **counts, "start": start, "stop": start + duration, "duration": duration}


def _facts(report: Report) -> dict[str, Any]:
    """Return what the format has no field for."""
    score, stop = report.score, report.stopped
    return {
        "checkpoint": one_line(report.checkpoint_id),
        "fingerprint": report.fingerprint,
        "submission": {"path": one_line(report.submission_path), "sha256": report.submission_sha256},
        "seed": report.seed,
        "passed": report.passed,
        "complete": report.complete,
        "stopped": {"why": stop.why, "message": one_line(stop.message)} if stop else None,
        "only": None if report.only is None else one_line(report.only),
        "cause": report.cause,
        "score": {
            "earned": score.earned,
            "possible": score.possible,
            "percent": score.percent,
            "pass_percent": score.pass_percent,
            "words": one_line(score_line(report)),
        },
        "notes": [one_line(note) for note in report.notes[:_MOST_NOTES]],
        "output": printed(report.output, _MOST_OF_A_TEXT),
    }


def _kept(**fields: object) -> dict[str, Any]:
    """Return the fields that have a value: the format knows no null."""
    return {name: value for name, value in fields.items() if value is not None}


def _shown(versions: dict[str, str]) -> dict[str, str]:
    """Return names and versions, sorted by name."""
    return {one_line(name): one_line(version) for name, version in sorted(versions.items())}
