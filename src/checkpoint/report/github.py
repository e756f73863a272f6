"""Write a Report as GitHub Actions workflow commands: annotations at the learner's lines, and Classroom's two notices.

Each line is one command, as the runner reads it (actions/runner, ActionCommand.cs and ActionCommandManager.cs) and the
toolkit writes it (actions/toolkit, core/src/command.ts). The runner keeps ten annotations of a kind a step, and 4096
characters of a message; the checks API behind it takes titles of up to 255.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from checkpoint.report.prose import bounded, one_line, prose
from checkpoint.report.visible import visible
from checkpoint.report.words import caveats, counted, says_the_same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import CheckResult, Report
    from checkpoint.report import Style

_MOST_OF_A_KIND = 10
_MESSAGE_CHARACTERS = 2000  # the runner counts UTF-16 units, of which a character may take two
_TITLE_CHARACTERS = 200
_PATH_CHARACTERS = 1000


def render(report: Report, style: Style) -> str:
    """Return the report as workflow commands, one a line."""
    errors = [*_stop(report), *_annotations(report, ("failed", "error"), "error", style)]
    warnings = _annotations(report, ("undecided",), "warning", style)
    lines = [*_at_most(errors, "error"), *_at_most(list(warnings), "warning"), *_classroom(report)]
    return "\n".join(lines) + "\n"


def _stop(report: Report) -> Iterator[str]:
    """Yield the error that says why the report is not complete."""
    if report.stopped is not None:
        words = " ".join(caveats(replace(report, checks=(), only=None)))
        message = one_line(words, _MESSAGE_CHARACTERS)
        yield _command("error", {"title": "Grading was cut short"}, message)


def _annotations(report: Report, statuses: tuple[str, ...], kind: str, style: Style) -> Iterator[str]:
    """Yield a command for each check of such a status, those with a place first; the same feedback is told once.

    Checks that were not reached when grading was cut short are left out: the stop says it for all of them.
    """
    wanted = [status for status in statuses if report.complete or status != "error"]
    checks = [check for status in wanted for check in report.checks if check.outcome == status]
    for check in sorted(checks, key=lambda check: not _place(check)):
        same = [other for other in checks if says_the_same(check, other)]
        if not same or same[0] is check:
            yield _annotation(check, len(same) - 1, kind, report, style)


def _annotation(check: CheckResult, same: int, kind: str, report: Report, style: Style) -> str:
    """Return the command for a check; as many as `same` others have the same to say."""
    title = one_line(check.title, _TITLE_CHARACTERS)
    if same > 0:
        title += f", and {counted(same, 'more check')}"
    return _command(kind, _place(check) | {"title": title}, _message(check, report, style))


def _place(check: CheckResult) -> dict[str, str]:
    """Return the properties that put an annotation at the learner's lines."""
    location = check.feedback.location if check.feedback else None
    if location is None or len(location.file) > _PATH_CHARACTERS:
        return {}
    return {
        "file": visible(location.file),
        "line": str(location.line),
        "endLine": str(max(location.line, location.end_line)),
    }


def _message(check: CheckResult, report: Report, style: Style) -> str:
    """Return what an annotation says: it stands at the place, so it need not tell the place nor quote the lines."""
    feedback = replace(check.feedback, location=None, traceback=()) if check.feedback else None
    words = prose(replace(check, feedback=feedback, output=""), report, style)
    known = caveats(replace(report, checks=(check,), stopped=None, only=None))
    return bounded("\n\n".join([bounded(words, _MESSAGE_CHARACTERS - 500), *known]), _MESSAGE_CHARACTERS)


def _at_most(commands: list[str], kind: str) -> list[str]:
    """Return as many commands of a kind as the runner keeps; the last one counts those that are left out."""
    if len(commands) <= _MOST_OF_A_KIND:
        return commands
    kept = commands[: _MOST_OF_A_KIND - 1]
    more = f"and {len(commands) - len(kept)} more, in the step summary"
    return [*kept, _command(kind, {"title": "There is more"}, more)]


def _classroom(report: Report) -> list[str]:
    """Return the notices from which GitHub Classroom takes the points, as autograding-grading-reporter writes them."""
    earned, possible = report.score.earned, report.score.possible
    if possible == 0:
        return []
    totals = json.dumps({"totalPoints": earned, "maxPoints": possible}, separators=(",", ":"))
    return [
        _command("notice", {"title": "Autograding complete"}, f"Points {earned}/{possible}"),
        _command("notice", {"title": "Autograding report"}, totals),
    ]


def _command(name: str, properties: dict[str, str], message: str) -> str:
    """Return one workflow command."""
    shown = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {shown}::{_data(message)}"


def _data(text: str) -> str:
    """Return a message as the runner unescapes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return a property's value as the runner unescapes it."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
