"""An Exercism track's site reads the results: all passed, some did not, or nothing could be tested and why."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from checkpoint.model import CheckResult, Feedback, Score, Stop
from checkpoint.report import render
from checkpoint.report.prose import prose
from checkpoint.report.visible import visible

from . import reports

if TYPE_CHECKING:
    from checkpoint.model import Report

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "exercism.schema.json").read_text(encoding="utf-8"))
CASES = reports.outcomes() | {"no checks": reports.report()}
NOTHING_RAN = {"syntax_error", "refused", "grader_failed", "broken", "no checks"}


def results(report: Report, **style: Any) -> dict[str, Any]:
    """Return results that keep the schema."""
    found: dict[str, Any] = json.loads(render("exercism", report, **style))
    Draft202012Validator(SCHEMA).validate(found)
    return found


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"version": 3', '"version": 2'),
        ('"status": "fail",\n  "message"', '"status": "pass",\n  "message"'),
        ('"status": "fail",\n  "message"', '"status": "error",\n  "message"'),
        ('"output": "', f'"output": "{"x" * 500}'),
        ('"test_code"', '"command"'),
    ],
)
def test_the_schema_refuses_what_is_wrong(old: str, new: str):
    text = render("exercism", CASES["failed"])
    assert old in text
    assert not Draft202012Validator(SCHEMA).is_valid(json.loads(text.replace(old, new)))


@pytest.mark.parametrize("name", CASES)
def test_a_report_keeps_the_schema_and_gives_the_same_bytes(name: str):
    results(CASES[name])
    assert render("exercism", CASES[name]) == render("exercism", CASES[name])


@pytest.mark.parametrize("name", CASES)
def test_the_status_is_error_only_when_nothing_was_tested(name: str):
    found = results(CASES[name])
    expected = "error" if name in NOTHING_RAN else "pass" if name == "passed" else "fail"
    assert found["status"] == expected
    assert len(found["tests"]) == (0 if expected == "error" else len(CASES[name].checks))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("syntax_error", "Python cannot read this file: SyntaxError: '(' was never closed"),
        ("syntax_error", "starter/app.py:4"),
        ("refused", "nothing to grade: there is no app.py in homework.zip. Put app.py at the top of the archive."),
        ("grader_failed", "The grader could not go on. That is not your fault."),
        ("broken", "This checkpoint has something to mend."),
    ],
)
def test_an_error_says_all_that_a_learner_needs(name: str, words: str):
    assert words in results(CASES[name])["message"]


def test_checks_that_could_not_be_run_are_an_error_when_there_is_nothing_else():
    found = results(reports.report(reports.ERROR, replace(reports.BLOCKED, blocked_by=("home_link",))))
    assert (found["status"], found["message"]) == ("error", "The check itself stopped: NameError in test_home_link.")


def test_each_test_says_how_it_went():
    tests = results(reports.everything())["tests"]
    assert [test["status"] for test in tests] == ["pass", "pass", "fail", "fail", "fail", "fail", "error"]
    assert [test["name"] for test in tests[:2]] == ["The page loads", "A first visit is number 1"]
    assert tests[2]["message"] == prose(reports.FAILED, reports.everything())
    assert tests[2]["output"] == "visits: 41\nvisits is not None"
    assert tests[3]["message"] == "Waits for: Each visit counts one more"
    assert tests[5]["message"].startswith("What is on g is a lock")
    assert not tests[0].keys() & {"message", "output"}


def test_a_pass_mark_below_full_marks_is_not_a_pass_of_every_test():
    report = reports.report(reports.PASSED, reports.FAILED, score=Score(1, 5, 20.0, 20, True))
    assert report.passed
    assert results(report)["status"] == "fail"


def test_a_run_that_was_cut_short_after_its_last_check_is_no_pass():
    found = results(reports.report(reports.PASSED, stopped=Stop("terminated", "It was told to end.")))
    assert (found["status"], found["message"]) == ("error", "It was told to end.")


def test_what_was_found_before_it_was_cut_short_is_kept():
    found = results(CASES["terminated"])
    assert [test["status"] for test in found["tests"]] == ["pass", "fail", "error"]
    assert found["tests"][2]["message"].startswith("This check was not reached: grading was cut short.")


def test_the_code_of_a_test_is_the_command_that_repeats_it():
    check = replace(reports.PASSED, id="a b")
    test = results(reports.report(check, submission_path="my work/it's.py"))["tests"][0]
    assert shlex.split(test["test_code"]) == ["checkpoint", "grade", "my work/it's.py", "--only", "a b"]


@pytest.mark.parametrize(
    ("printed", "begins"),
    [
        ("x" * 500, "x" * 500),
        ("x" * 501, "x" * 400),
        ("x" * 500 + "\nmore", "x" * 400),
        ("12345\n" * 10_000, "12345\n12345\n"),
        ("\x1b" * 200, "\\x1b" * 100),
        ("\U000e0041" * 499, "\\U000e0041" * 40),
    ],
)
def test_output_is_at_most_500_characters_and_says_so(printed: str, begins: str):
    output = results(reports.report(replace(reports.PASSED, output=printed)))["tests"][0]["output"]
    assert output.startswith(begins)
    assert len(output) <= 500
    assert output.endswith("\nOutput was truncated. Please limit to 500 chars.") == (output != printed)


def test_no_output_is_no_output():
    assert "output" not in results(reports.report(replace(reports.PASSED, output=" \n\n")))["tests"][0]


def test_the_style_decides_about_hints():
    assert "hint 3 of 3" in results(reports.everything(), hints=True)["tests"][2]["message"]


@pytest.mark.parametrize("name", ["hidden", "after_due"])
def test_hidden_checks_leak_nothing(name: str):
    text = render("exercism", CASES[name], hints=True, verbosity=1)
    assert reports.SECRET not in text
    assert "4321" not in text
    assert results(CASES["hidden"])["tests"][2]["message"] == "This check did not pass."


def test_any_words_are_read_back_as_they_are_shown():
    words = "a\x1b[31m \u202e ::error::x ##[error] \ufffe 日本"
    check = CheckResult("a", words, "failed", 1, Feedback(words), output=f"{words}\n{words}\n")
    test, shown = results(reports.report(check, submission_path=words))["tests"][0], visible(words)
    assert (test["name"], test["message"].split("\n")[0]) == (shown, shown)
    assert test["output"] == f"{shown}\n{shown}"
    assert shlex.split(test["test_code"])[2] == shown


@pytest.mark.parametrize("cause", [None, "not_loadable"])
def test_what_is_huge_is_cut(cause: Any):
    huge = "\x1b" * 10_000_000
    check = CheckResult("a", "A check", "failed", 1, Feedback(huge), (huge,), cause, output=huge)
    text = render("exercism", reports.report(check, submission_path=huge, output=huge))
    Draft202012Validator(SCHEMA).validate(json.loads(text))
    assert len(text) < 50_000
