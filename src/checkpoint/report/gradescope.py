"""Write a Report as Gradescope's results.json (gradescope-autograders.readthedocs.io, "Autograder Specifications").

Gradescope itself keeps back checks until the due date, so those come whole; but no other text may tell of them before.
All text has the format "text", which Gradescope shows as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checkpoint.report.hidden import without_hidden
from checkpoint.report.json import dumps
from checkpoint.report.prose import bounded, one_line, printed, prose
from checkpoint.report.words import caveats, isolation_line, score_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import CheckResult, Report, Visibility
    from checkpoint.report import Style

_VISIBILITIES: dict[Visibility, str] = {"visible": "visible", "hidden": "hidden", "after_due": "after_due_date"}
_NAME_CHARACTERS = 200
_LINE_CHARACTERS = 2000
_OUTPUT_CHARACTERS = 20_000
_PRINTED_CHARACTERS = 4000


def render(report: Report, style: Style) -> str:
    """Return the report as the text of results.json."""
    public = without_hidden(report)
    return dumps(
        {
            "score": report.score.earned,
            "execution_time": round(public.duration_ms / 1000, 3),
            "output": bounded("\n".join(_output(public)), _OUTPUT_CHARACTERS),
            "output_format": "text",
            "test_output_format": "text",
            "test_name_format": "text",
            "visibility": "visible",
            "stdout_visibility": "hidden",
            "extra_data": _run(report),
            "tests": [_test(number, check, public, style) for number, check in enumerate(report.checks, start=1)],
        }
    )


def _output(report: Report) -> Iterator[str]:
    """Yield the lines that are about the whole submission."""
    yield one_line(score_line(report), _LINE_CHARACTERS)
    for text in (*caveats(report), *(f"Note: {note}" for note in report.notes)):
        yield one_line(text, _LINE_CHARACTERS)
    if report.up_next and report.passed and report.only is None:
        yield one_line(f"Next: {report.up_next}", _LINE_CHARACTERS)
    yield one_line(isolation_line(report), _LINE_CHARACTERS)
    if loading := printed(report.output, _PRINTED_CHARACTERS):
        yield ""
        yield "while loading, the app printed:"
        yield loading


def _run(report: Report) -> dict[str, Any]:
    """Return what tells this run from others; Gradescope gives it to the runs after this one."""
    return {
        "complete": report.complete,
        "stopped": report.stopped.why if report.stopped else None,
        "passed": report.passed,
        "possible": report.score.possible,
        "only": None if report.only is None else one_line(report.only, _NAME_CHARACTERS),
        "seed": report.seed,
        "sha256": report.submission_sha256,
        "fingerprint": report.fingerprint,
    }


def _test(number: int, check: CheckResult, public: Report, style: Style) -> dict[str, Any]:
    """Return one check; `public` knows nothing of those that are kept back, for this one may name them.

    One that was not scored has a status alone.
    """
    output = prose(check, public, style)
    test = {
        "name": one_line(check.title, _NAME_CHARACTERS),
        "name_format": "text",
        "number": str(number),
        "status": "passed" if check.outcome == "passed" else "failed",
        "output": output,
        "output_format": "text",
        "visibility": _VISIBILITIES[check.visibility],
        "tags": ["decided"] if check.decision else [] if check.status in ("passed", "failed") else [check.status],
        "extra_data": {"id": one_line(check.id, _NAME_CHARACTERS), "status": check.status},
    }
    scored = public.only in (None, check.id)
    return test | ({"score": check.points, "max_score": check.max_points} if scored else {})
