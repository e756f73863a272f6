"""GitHub Classroom's reporter takes our results, adds up our points, and prints nothing that could act."""

from __future__ import annotations

import base64
import json
import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checkpoint.model import Feedback, Location, Score
from checkpoint.report import render

from . import reports
from .test_github import ORDERS, read

SCHEMA = json.loads(Path(__file__).with_name("schemas").joinpath("classroom.schema.json").read_text(encoding="utf-8"))
ENVIRONMENT_BYTES = 128 * 1024  # of one variable, its name included: Linux, MAX_ARG_STRLEN


def results(report: reports.Report) -> dict[str, Any]:
    """Return what the reporter gets out of the environment variable."""
    variable = base64.b64encode(render("classroom", report).encode())
    assert len(b"FLASK_RESULTS=" + variable) < ENVIRONMENT_BYTES
    found: dict[str, Any] = json.loads(base64.b64decode(variable))
    Draft202012Validator(SCHEMA).validate(found)
    return found


def log(found: dict[str, Any]) -> list[str]:
    """Return the lines that the reporter prints, in its newer and its older way, without their colours."""
    lines = []
    for test in found["tests"]:
        mark = "✅" if test["status"] == "pass" else "❌"
        lines += [f"{mark} {test['name']} - line {test['line_no']}", f"Error: {test['message']}"]
        lines += [f"Test code:\n{test['test_code']}\n"]
    return [line for text in lines for line in text.split("\n")]


@pytest.mark.parametrize("name", reports.outcomes())
def test_the_reporter_comes_to_the_points_of_the_report(name: str):
    report = reports.outcomes()[name]
    found = results(report)
    assert sum(test["score"] for test in found["tests"]) == report.score.earned
    assert found["max_score"] == report.score.possible
    assert found["tests"]
    if report.checks:
        assert len(found["tests"]) == len(report.checks)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("passed", "pass"),
        ("failed", "fail"),
        ("undecided", "fail"),
        ("hidden", "fail"),
        ("check_error", "error"),
        ("terminated", "error"),
        ("broken", "error"),
    ],
)
def test_the_status_is_an_error_only_when_the_learner_can_do_nothing(name: str, status: str):
    assert results(reports.outcomes()[name])["status"] == status


def test_a_pass_below_full_marks_is_a_pass():
    report = reports.report(reports.PASSED, reports.FAILED, score=Score(1, 5, 20.0, 20, True))
    assert results(report)["status"] == "pass"


def test_a_failed_check_says_what_where_and_how_to_repeat_it():
    test = results(reports.report(reports.FAILED))["tests"][0]
    assert (test["name"], test["status"]) == ("Each visit counts one more", "fail")
    assert (test["filename"], test["line_no"], test["duration"]) == ("starter/app.py", 38, 32)
    assert test["test_code"] == "checkpoint grade starter/app.py --only visit_count"
    assert "expected  42\nactual    1\n" in test["message"]
    assert "hint: The cookie comes back as text." in test["message"]


def test_a_check_without_a_place_has_line_0():
    test = results(reports.report(reports.UNDECIDED))["tests"][0]
    assert (test["filename"], test["line_no"], test["status"]) == ("", 0, "fail")
    assert "neither earned nor lost" in test["message"]


def test_an_error_names_its_check_for_the_reporter_prints_the_message_alone():
    test = results(reports.report(reports.ERROR))["tests"][0]
    assert test["status"] == "error"
    assert test["message"].startswith("The page links to itself: The check itself stopped")
    assert "our fault, not yours" in test["message"]


def test_a_check_that_waits_says_for_what():
    assert results(reports.outcomes()["failed"])["tests"][2]["message"] == "Waits for: Each visit counts one more"


def test_a_run_without_checks_says_why():
    (test,) = results(reports.outcomes()["broken"])["tests"]
    assert "This checkpoint has something to mend." in test["message"]


def test_only_what_was_scored_brings_points():
    score = Score(0, 4, 0.0, 100, False)
    found = results(reports.report(reports.PASSED, reports.FAILED, only="visit_count", score=score))
    assert [test["score"] for test in found["tests"]] == [0, 0]
    assert found["tests"][0]["status"] == "pass"


@pytest.mark.parametrize("path", ["a b/app.py", "$(reboot).py", "it's;`x`.py", '"&|>x'])
def test_the_command_is_one_command_whatever_the_path_is(path: str):
    test = results(reports.report(reports.FAILED, submission_path=path))["tests"][0]
    assert shlex.split(test["test_code"]) == ["checkpoint", "grade", path, "--only", "visit_count"]


@pytest.mark.parametrize("text", [*ORDERS, "\n".join(ORDERS), reports.HOSTILE_TEXT])
def test_nothing_that_the_reporter_prints_is_a_command(text: str):
    found = results(reports.hostile(text))
    lines = [*log(found), *(test["filename"] for test in found["tests"])]
    assert [line for line in lines if read(line) is not None] == []
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize("number", [1, 40])
@pytest.mark.parametrize("character", ["x", "日\\", "👩\u202e", '"'])
def test_it_fits_into_an_environment_variable(character: str, number: int):
    text = character * 3000
    check = replace(reports.hostile(text).checks[1], blocked_by=())
    many = (replace(check, id=f"c{n}", title=f"Check {n}") for n in range(number))
    found = results(reports.report(*many, submission_path=text))
    assert [test["name"] for test in found["tests"]] == [f"Check {n}" for n in range(number)]


def test_long_paths_in_many_checks_fit_too():
    path = "日" * 1000
    feedback = Feedback("It is wrong.", location=Location(path, 1, 1))
    many = (replace(reports.FAILED, id=f"c{n}", feedback=feedback) for n in range(150))
    found = results(reports.report(reports.PASSED, *many, submission_path=path))
    assert found["tests"][1]["message"] == "See the step summary."
    assert found["tests"][0]["message"] is None


def test_a_field_of_10_mb_is_cut():
    text = "x" * 10_000_000
    check = replace(reports.FAILED, feedback=Feedback(text), output=text)
    assert "cut short" in results(reports.report(check, submission_path=text))["tests"][0]["message"]


def test_hidden_checks_are_counted_and_not_told():
    for name in ("hidden", "after_due"):
        text = render("classroom", reports.outcomes()[name])
        assert reports.SECRET not in text
        assert "4321" not in text
    assert results(reports.outcomes()["hidden"])["tests"][2]["name"] == "other_paths"


def test_the_same_report_gives_the_same_bytes():
    assert render("classroom", reports.everything()) == render("classroom", reports.everything())


def test_more_checks_than_fit_are_told_together_and_add_up():
    checks = [
        replace(reports.PASSED, id=f"check_{number}", title="A title of many characters, as titles go " * 2)
        for number in range(2000)
    ]
    text = render("classroom", reports.report(*checks))
    assert len(text.encode()) <= 90_000
    tests = json.loads(text)["tests"]
    assert sum(test["score"] for test in tests) == 2000
    assert re.fullmatch(r"and \d+ more checks", tests[-1]["name"])
