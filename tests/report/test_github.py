"""GitHub's runner makes of our lines the annotations that we mean, and of a learner's words nothing."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

from checkpoint.model import Feedback, Location, Stop
from checkpoint.report import render

from . import reports

if TYPE_CHECKING:
    from checkpoint.model import CheckResult

COMMANDS = {
    *("add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice"),
    *("remove-matcher", "save-state", "set-env", "set-output", "stop-commands", "warning"),
}
ORDERS = (
    "::error::mine",
    "\n::stop-commands::x\n",
    "\r\n  ::add-mask::a",
    "##[error]mine",
    "##vso[task.complete result=Succeeded;]DONE",
    "100%0A::error::mine%25",
    "\u2028::notice title=Autograding complete::Points 20/20",
    "a,line=1::b",
    "]]></script>`@everyone`|\u202e\ud800",
)


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def read(line: str) -> Command | None:
    """Read a line as the runner does: commands at the beginning, `##[` anywhere, and no other way."""
    start = line.lstrip()
    end = start.find("::", 2) if start.startswith("::") else -1
    if end >= 0:
        name, _, rest = start[2:end].partition(" ")
        if name.lower() in COMMANDS:
            pairs = [part.split("=", 1) for part in rest.strip().split(",") if "=" in part]
            # Splitting there drops what is empty, so a value does not keep a `=` that it begins with.
            properties = {key: unescaped(value.lstrip("="), "%3A:", "%2C,") for key, value in pairs if value}
            return Command(name, properties, unescaped(start[end + 2 :]))
    old = re.search(r"##\[([^ \]]*)[^\]]*\]", line)
    return Command(old[1], {}, "") if old and old[1].lower() in COMMANDS else None


def unescaped(text: str, *more: str) -> str:
    """Undo the escapes in the runner's order: the percent sign comes last."""
    for pair in ("%0D\r", "%0A\n", *more, "%25%"):
        text = text.replace(pair[:3], pair[3:])
    return text


def commands(report: reports.Report) -> list[Command]:
    """Return what the runner reads; every line has to be a command."""
    text = render("github", report)
    assert text.endswith("\n")
    assert text.isprintable() or set(filter(lambda c: not c.isprintable(), text)) == {"\n"}
    read_all = [read(line) for line in text[:-1].split("\n")]
    assert None not in read_all
    return [command for command in read_all if command is not None]


def of_a_kind(report: reports.Report, name: str) -> list[Command]:
    return [command for command in commands(report) if command.name == name]


def failing(text: str, **changes: object) -> CheckResult:
    return replace(reports.FAILED, feedback=Feedback(text, location=Location(text, 3, 3)), **changes)


def test_a_failed_check_is_told_at_the_learners_lines():
    (error,) = of_a_kind(reports.report(reports.PASSED, reports.FAILED), "error")
    assert error.properties == {
        "file": "starter/app.py",
        "line": "38",
        "endLine": "39",
        "title": "Each visit counts one more",
    }
    assert error.message == (
        "The browser sent the cookie visits=41 back, and the page still says 1. A cookie comes back as text, "
        "so 1 has to be added to the number that it stands for.\n\n"
        "expected  42\nactual    1\n\nhint: The cookie comes back as text."
    )


def test_an_undecided_check_is_a_warning_and_says_who_decides():
    (warning,) = of_a_kind(reports.report(reports.UNDECIDED), "warning")
    assert warning.properties == {"title": "The header's value comes from g"}
    assert "A person decides" in warning.message
    assert not of_a_kind(reports.report(reports.UNDECIDED), "error")


def test_a_fault_of_ours_is_not_put_on_the_learner():
    (error,) = of_a_kind(reports.report(reports.ERROR), "error")
    assert "file" not in error.properties
    assert "our fault, not yours" in error.message


def test_checks_that_wait_say_nothing():
    names = [command.name for command in commands(reports.report(reports.FAILED, reports.BLOCKED))]
    assert names == ["error", "notice", "notice"]


def test_a_stopped_run_is_told_first_and_once():
    waiting = (reports.not_reached(reports.FIRST), reports.not_reached(reports.PASSED))
    report = reports.report(reports.FAILED, *waiting, stopped=Stop("terminated", "It was told to end."))
    stop, failed = of_a_kind(report, "error")
    assert stop.properties == {"title": "Grading was cut short"}
    assert "It was told to end." in stop.message
    assert failed.properties["title"] == reports.FAILED.title


def test_the_same_feedback_takes_one_annotation():
    others = [replace(reports.FAILED, id=f"other_{n}", title=f"Other {n}") for n in range(2)]
    (error,) = of_a_kind(reports.report(reports.FAILED, *others), "error")
    assert error.properties["title"] == "Each visit counts one more, and 2 more checks"


def test_no_more_than_the_runner_keeps_and_those_with_a_place_first():
    placed = [failing(f"no {n}", id=f"c{n}") for n in range(6)]
    bare = [replace(reports.FAILED, feedback=Feedback(f"none {n}")) for n in range(6)]
    errors = of_a_kind(reports.report(*bare, *placed), "error")
    assert ["file" in error.properties for error in errors] == [True] * 6 + [False] * 4
    assert errors[-1].message == "and 3 more, in the step summary"
    assert len(of_a_kind(reports.report(*placed, *bare[:4]), "error")) == 10
    warnings = [replace(check, status="undecided") for check in (*placed, *bare)]
    assert len(of_a_kind(reports.report(*warnings), "warning")) == 10


@pytest.mark.parametrize("name", reports.outcomes())
def test_classroom_gets_the_points_of_the_report(name: str):
    report = reports.outcomes()[name]
    notices = of_a_kind(report, "notice")
    if not report.score.possible:
        assert notices == []  # its own reporter keeps silent then
        return
    complete, totals = notices
    assert complete == Command(
        "notice", {"title": "Autograding complete"}, f"Points {report.score.earned}/{report.score.possible}"
    )
    assert totals.properties == {"title": "Autograding report"}
    assert totals.message == json.dumps(json.loads(totals.message), separators=(",", ":"))
    assert json.loads(totals.message) == {"totalPoints": report.score.earned, "maxPoints": report.score.possible}


@pytest.mark.parametrize("text", [*ORDERS, "\n".join(ORDERS), reports.HOSTILE_TEXT])
def test_a_learners_words_are_no_command(text: str):
    kinds = [command.name for command in commands(reports.hostile(text))]
    assert kinds == ["error", "error", "error", "warning", "notice", "notice"]
    inside = [line for command in commands(reports.hostile(text)) for line in command.message.split("\n")]
    assert [line for line in inside if read(line)] == []


def test_every_property_comes_back_as_it_was_meant():
    (error,) = of_a_kind(reports.report(failing("a:b, c=d%0A%25\n::x::.py", title="50 %: =x, y")), "error")
    assert error.properties == {
        "file": "a:b, c=d%0A%25\\n::x::.py",
        "line": "3",
        "endLine": "3",
        "title": "50 %: =x, y",
    }
    assert error.message.split("\n")[0] == "a:b, c=d%0A%25"


def test_a_title_that_begins_like_a_pair_or_has_nothing_loses_no_other_property():
    (error,) = of_a_kind(reports.report(failing("x", title="==,line=7 ")), "error")
    assert error.properties == {"file": "x", "line": "3", "endLine": "3", "title": ",line=7"}  # it cannot be escaped
    (error,) = of_a_kind(reports.report(failing("x", title=" ")), "error")
    assert error.properties == {"file": "x", "line": "3", "endLine": "3"}


@pytest.mark.parametrize("text", ["x" * 10_000_000, "👩" * 2_000_000, "\u202e" * 100_000])
def test_what_is_long_stays_within_the_runners_limits(text: str):
    checks = (failing(text, title=text, hints=(text,)), failing(text, title=text))
    report = replace(reports.report(*checks), stopped=Stop("failed", text))
    for command in commands(report):
        assert len(command.message.encode("utf-16-le")) // 2 <= 4096
        assert len(command.properties["title"]) <= 255
        assert len(command.properties.get("file", "")) <= 1000


def test_hidden_checks_are_counted_and_not_told():
    for check in (reports.HIDDEN, reports.AFTER_DUE):
        text = render("github", reports.report(reports.PASSED, check))
        assert reports.SECRET not in text
        assert "4321" not in text
        assert f"::error title={check.id}::This check did not pass." in text


def test_the_same_report_gives_the_same_bytes():
    assert render("github", reports.everything()) == render("github", reports.everything())
