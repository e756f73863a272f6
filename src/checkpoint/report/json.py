"""Render a Report as `checkpoint.report/1`, the JSON that every other format can be made from, and read one back.

The fields and their order are those of `report.schema.json`, which is published with the package.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkpoint.report.visible import visible

if TYPE_CHECKING:
    from datetime import datetime

    from checkpoint.model import CheckResult, Decision, Location, Report

SCHEMA = "checkpoint.report/1"
_SURROGATES = re.compile("[\ud800-\udfff]")


def render(report: Report) -> str:
    """Return the report as JSON text."""
    return dumps(document(report))


def dumps(value: object, indent: int | None = 2) -> str:
    """Return plain dicts, lists, strings and numbers as JSON text with a newline at its end, always good UTF-8.

    It may well be read in a terminal or a CI log, so what could act there is escaped, in JSON's own way.
    """
    separators = (",", ": ") if indent else (",", ":")
    text = json.dumps(value, indent=indent, separators=separators, ensure_ascii=False, allow_nan=False)
    # A surrogate in a str stands for no character and has no UTF-8; U+FFFD says that one was here.
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
    line = text.replace("\n", " ")
    if visible(line, escape=_escaped) == line:  # there is nothing to escape in any of them
        return f"{text}\n"
    return "".join(f"{visible(line, escape=_escaped)}\n" for line in text.split("\n"))


def _escaped(character: str) -> str:
    r"""Return a character as `\uXXXX`, or as the two of them that JSON needs above U+FFFF (RFC 8259, 7)."""
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every report keeps."""
    text = Path(__file__).with_name("report.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def read(text: str) -> Report:
    """Return the report of which `render` has made this text.

    What the text leaves out is gone: parts of a second, and which sign stood where there was a lone surrogate. Raises
    CheckpointError when it is no such report, or one of a newer schema.
    """
    from checkpoint.report.reading import report

    return report(text)


def moment(when: datetime) -> str:
    """Return a moment in UTC as RFC 3339 has it, to the second."""
    return when.isoformat(timespec="seconds").replace("+00:00", "Z")


def document(report: Report) -> dict[str, Any]:
    """Return the report as plain dicts, lists, strings and numbers."""
    return {
        "schema": SCHEMA,
        "complete": report.complete,
        "stopped": {"why": report.stopped.why, "message": report.stopped.message} if report.stopped else None,
        "only": report.only,
        "checkpoint": {
            "id": report.checkpoint_id,
            "title": report.checkpoint_title,
            "fingerprint": report.fingerprint,
        },
        "submission": {"path": report.submission_path, "sha256": report.submission_sha256},
        "seed": report.seed,
        "passed": report.passed,
        "cause": report.cause,
        "output": report.output,
        "score": {
            "earned": report.score.earned,
            "possible": report.score.possible,
            "percent": report.score.percent,
            "pass_percent": report.score.pass_percent,
        },
        "checks": [_check(check) for check in report.checks],
        "notes": list(report.notes),
        "isolation": {"level": report.isolation.level, "detail": report.isolation.detail},
        "started_at": moment(report.started_at),
        "duration_ms": report.duration_ms,
        "versions": dict(sorted(report.versions.items())),
        "up_next": report.up_next,
    }


def _check(check: CheckResult) -> dict[str, Any]:
    """Return one check's outcome with its feedback laid flat."""
    feedback = check.feedback
    return {
        "id": check.id,
        "title": check.title,
        "status": check.status,
        "points": check.points,
        "max_points": check.max_points,
        "visibility": check.visibility,
        "decision": _decision(check.decision) if check.decision else None,
        "duration_ms": check.duration_ms,
        "message": feedback.message if feedback else None,
        "expected": feedback.expected if feedback else None,
        "actual": feedback.actual if feedback else None,
        "hints": list(check.hints),
        "cause": check.cause,
        "location": _location(feedback.location) if feedback and feedback.location else None,
        "traceback": [
            {"file": frame.file, "line": frame.line, "function": frame.function, "text": frame.text}
            for frame in (feedback.traceback if feedback else ())
        ],
        "blocked_by": list(check.blocked_by),
        "output": check.output,
    }


def _decision(decision: Decision) -> dict[str, str]:
    """Return what a person decided."""
    return {
        "verdict": decision.verdict,
        "reason": decision.reason,
        "who": decision.who,
        "at": moment(decision.at),
    }


def _location(location: Location) -> dict[str, Any]:
    """Return a place in the learner's file and the lines around it."""
    return {
        "file": location.file,
        "line": location.line,
        "end_line": location.end_line,
        "excerpt": [{"line": line, "text": text} for line, text in location.excerpt],
    }
