"""CTRF documents keep the format's schema, count as the report does, and fail when grading was cut short."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from checkpoint.model import CheckResult, Feedback, Location
from checkpoint.report import render
from checkpoint.report.prose import headline, prose
from checkpoint.report.visible import visible

from . import reports

if TYPE_CHECKING:
    from checkpoint.model import Report

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "ctrf.schema.json").read_text(encoding="utf-8"))
CASES = reports.outcomes() | {"no checks": reports.report()}


def results(report: Report, **style: Any) -> dict[str, Any]:
    """Return the results of a document that keeps the schema."""
    document = json.loads(render("ctrf", report, **style))
    Draft202012Validator(SCHEMA).validate(document)
    found: dict[str, Any] = document["results"]
    return found


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"duration": 32', '"duration": 31.6'),
        ('"rawStatus"', '"raw_status"'),
        ('"skipped": 1,', ""),
        ('"status": "skipped"', '"status": "blocked"'),
        ('"generatedBy"', '"by"'),
    ],
)
def test_the_schema_refuses_what_is_wrong(old: str, new: str):
    text = render("ctrf", CASES["failed"])
    assert old in text
    assert not Draft202012Validator(SCHEMA).is_valid(json.loads(text.replace(old, new)))


@pytest.mark.parametrize("name", CASES)
def test_a_report_keeps_the_schema_and_gives_the_same_bytes(name: str):
    results(CASES[name])
    assert render("ctrf", CASES[name]) == render("ctrf", CASES[name])
    assert render("ctrf", CASES[name]).startswith('{\n  "reportFormat": "CTRF",\n  "specVersion": "1.0.0",\n')


@pytest.mark.parametrize("name", CASES)
def test_the_counts_are_those_of_the_report(name: str):
    report = CASES[name]
    statuses = [check.outcome for check in report.checks]
    summary = results(report)["summary"]
    stopped = not report.complete
    assert summary["tests"] == len(results(report)["tests"]) == len(statuses) + stopped
    assert summary["passed"] == statuses.count("passed")
    assert summary["failed"] == statuses.count("failed") + stopped
    assert summary["skipped"] == statuses.count("blocked")
    assert summary["pending"] == statuses.count("undecided") + (statuses.count("error") if stopped else 0)
    assert summary["other"] == (0 if stopped else statuses.count("error"))


def test_the_times_are_whole_milliseconds():
    summary = results(reports.everything())["summary"]
    assert summary["start"] == 1_772_600_767_000
    assert summary["stop"] - summary["start"] == summary["duration"] == 1234
    assert [test["duration"] for test in results(reports.everything())["tests"]][:3] == [12, 8, 32]


def test_each_status_keeps_its_own_name_besides():
    tests = results(reports.everything())["tests"]
    assert [(test["status"], test["rawStatus"]) for test in tests] == [
        ("passed", "passed"),
        ("passed", "passed"),
        ("failed", "failed"),
        ("skipped", "blocked"),
        ("failed", "failed"),
        ("pending", "undecided"),
        ("other", "error"),
    ]


def test_a_failed_test_says_what_happened_and_where():
    report = CASES["failed"]
    _, failed, blocked = results(report)["tests"]
    assert failed["name"] == "Each visit counts one more"
    assert failed["suite"] == ["dynamic-web-app"]
    assert (failed["filePath"], failed["line"]) == ("starter/app.py", 38)
    assert failed["message"] == headline(reports.FAILED, report)
    assert failed["trace"] == prose(reports.FAILED, report)
    assert failed["stdout"] == ["visits: 41", "visits is not None"]
    assert failed["extra"] == {
        "id": "visit_count",
        "points": 0,
        "max_points": 4,
        "visibility": "visible",
        "hints": ["The cookie comes back as text."],
    }
    assert blocked["message"] == "Waits for: Each visit counts one more"
    assert "trace" not in blocked


def test_a_passed_test_says_nothing():
    passed = results(CASES["passed"])["tests"][0]
    assert not passed.keys() & {"message", "trace", "filePath", "line", "stdout"}


def test_the_style_decides_about_hints():
    shown = results(reports.everything(), hints=True)["tests"][2]
    assert shown["extra"]["hints"] == list(reports.FAILED.hints)
    assert "hint 3 of 3" in shown["trace"]


@pytest.mark.parametrize("name", [name for name, report in CASES.items() if not report.complete])
def test_a_run_that_was_cut_short_fails_whatever_its_checks_say(name: str):
    found = results(CASES[name])
    grading = found["tests"][-1]
    assert (grading["name"], grading["status"], grading["rawStatus"]) == ("grading", "failed", CASES[name].stopped.why)
    assert found["extra"]["complete"] is False
    assert grading["message"] == found["extra"]["stopped"]["message"]
    if name != "hostile":
        assert grading["message"] == CASES[name].stopped.message


def test_the_run_as_a_whole_is_told_in_extra():
    found = results(reports.everything())
    assert found["tool"] == {"name": "checkpoint", "version": "0.1.0"}
    assert found["environment"]["appName"] == "starter/app.py"
    assert found["environment"]["extra"]["isolation"] == {"level": "none", "detail": "no fork on this machine"}
    extra = found["extra"]
    assert extra["score"]["earned"] == 3
    assert extra["score"]["words"] == "3 of 15 points (20 %), not passed yet: 3 checks to go"
    assert extra["submission"] == {"path": "starter/app.py", "sha256": reports.SHA256}
    assert (extra["seed"], extra["passed"], extra["complete"], extra["stopped"]) == (7, False, True, None)
    assert extra["output"] == "starting up"
    assert results(CASES["only"])["extra"]["only"] == "visit_count"


@pytest.mark.parametrize("name", ["hidden", "after_due"])
def test_hidden_checks_leak_nothing(name: str):
    text = render("ctrf", CASES[name], hints=True, verbosity=1)
    assert reports.SECRET not in text
    assert "4321" not in text
    assert results(CASES["hidden"])["tests"][2]["name"] == "other_paths"


def test_any_words_are_read_back_as_they_are_shown():
    words = "a\x1b[31m \u202e ::error::x ##[error] \ufffe 日本"
    feedback = Feedback(words, location=Location(f"./{words}", 1, 1), traceback=())
    check = CheckResult("a", words, "failed", 1, feedback, (words,), output=f"{words}\n{words}\n")
    found = results(reports.report(check, submission_path=words, notes=(words,), output=words))
    test, shown = found["tests"][0], visible(words)
    assert (test["name"], test["message"], test["filePath"]) == (shown, shown, shown)
    assert (test["stdout"], test["extra"]["hints"]) == ([shown, shown], [shown])
    assert found["extra"]["notes"] == [shown]
    assert found["extra"]["output"] == found["extra"]["submission"]["path"] == shown


def test_a_check_without_a_title_has_its_id_for_a_name():
    assert results(reports.report(replace(reports.PASSED, title="")))["tests"][0]["name"] == "page_loads"


def test_what_is_huge_is_cut():
    huge = "\x1b" * 10_000_000
    place = Location(huge, 1, 1, ((1, huge),))
    check = CheckResult("a", "A check", "failed", 1, Feedback(huge, location=place), (huge,), output=huge)
    report = reports.report(check, submission_path=huge, notes=(huge,) * 1000, output=huge, versions={huge: huge})
    text = render("ctrf", report)
    Draft202012Validator(SCHEMA).validate(json.loads(text))
    assert len(text) < 200_000
