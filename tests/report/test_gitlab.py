"""GitLab's code quality report has an issue at the learner's line for each thing to look at, known from run to run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from checkpoint.model import CheckResult, Feedback, Location, Stop
from checkpoint.report import render
from checkpoint.report.prose import headline
from checkpoint.report.visible import visible

from . import reports

if TYPE_CHECKING:
    from checkpoint.model import Report

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "gitlab-codequality.schema.json").read_text(encoding="utf-8"))
CASES = reports.outcomes() | {
    "hostile": replace(
        reports.hostile(),
        checks=tuple(replace(one, id=f"{n} {one.id}") for n, one in enumerate(reports.hostile().checks)),
    )
}


def issues(report: Report) -> list[dict[str, Any]]:
    """Return the issues of a report that keeps the schema."""
    found: list[dict[str, Any]] = json.loads(render("gitlab", report))
    Draft202012Validator(SCHEMA).validate(found)
    return found


def at(file: str, line: int = 3) -> CheckResult:
    """Return a failed check that blames this line."""
    return CheckResult("a", "A check", "failed", 1, Feedback("Look here.", location=Location(file, line, line)))


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"major"', '"bad"'),
        ('"starter/app.py"', '"/starter/app.py"'),
        ('"starter/app.py"', '"a/../app.py"'),
        ('"begin": 38', '"begin": 0'),
        ('"check_name"', '"name"'),
    ],
)
def test_the_schema_refuses_what_is_wrong(old: str, new: str):
    text = render("gitlab", CASES["failed"])
    assert old in text
    assert not Draft202012Validator(SCHEMA).is_valid(json.loads(text.replace(old, new)))


@pytest.mark.parametrize("name", CASES)
def test_a_report_keeps_the_schema_and_each_issue_is_one_of_its_own(name: str):
    report = CASES[name]
    found = issues(report)
    assert render("gitlab", report) == render("gitlab", report)
    assert len({issue["fingerprint"] for issue in found}) == len(found)
    told = [check for check in report.checks if check.outcome in ("failed", "undecided")]
    told += [check for check in report.checks if check.outcome == "error" and report.complete]
    assert len(found) == len(told) + (not report.complete)


def test_the_file_begins_with_its_list():
    assert render("gitlab", CASES["passed"]) == "[]\n"
    assert render("gitlab", CASES["failed"]).startswith("[\n")


def test_an_issue_is_at_the_learners_line_and_says_what_happened():
    (issue,) = issues(CASES["failed"])
    assert issue["location"] == {"path": "starter/app.py", "lines": {"begin": 38}}
    assert issue["check_name"] == "visit_count"
    assert issue["description"] == headline(reports.FAILED, CASES["failed"])
    assert issue["severity"] == "major"


def test_what_costs_nothing_yet_is_less_severe():
    found = {issue["check_name"]: issue for issue in issues(reports.everything())}
    assert {name: issue["severity"] for name, issue in found.items()} == {
        "visit_count": "major",
        "after_request_returns": "major",
        "header_from_g": "minor",
        "home_link": "info",
    }
    assert found["header_from_g"]["location"] == {"path": "starter/app.py", "lines": {"begin": 1}}


@pytest.mark.parametrize("name", ["interrupted", "grader_failed", "broken"])
def test_a_run_that_was_cut_short_is_never_an_empty_list(name: str):
    (issue,) = issues(CASES[name])
    assert (issue["severity"], issue["description"]) == ("critical", CASES[name].stopped.message)


def test_what_was_found_before_it_was_cut_short_is_kept():
    assert [issue["severity"] for issue in issues(CASES["terminated"])] == ["critical", "major"]


def test_an_issue_stays_the_same_when_lines_move_and_words_change():
    (before,) = issues(reports.report(at("app.py", 3)))
    moved = replace(at("app.py", 40), feedback=Feedback("Look there.", location=Location("app.py", 40, 41)))
    (after,) = issues(reports.report(moved))
    assert before["fingerprint"] == after["fingerprint"]
    others = [
        issues(reports.report(at("other.py"))),
        issues(reports.report(replace(at("app.py"), id="b"))),
        issues(reports.report(at("app.py"), checkpoint_id="another")),
    ]
    assert len({issue["fingerprint"] for (issue,) in others} | {before["fingerprint"]}) == 4


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("app.py", "app.py"),
        ("./starter/app.py", "starter/app.py"),
        ("/builds/group/app.py", "builds/group/app.py"),
        ("../../../-/settings", "-/settings"),
        ("a/./../b//c.py", "a/b/c.py"),
        (".", "app.py"),
        ("", "app.py"),
        ("..", "app.py"),
        ("a b/ü.py", "a b/ü.py"),
    ],
)
def test_a_path_is_relative_and_stays_in_the_repository(file: str, path: str):
    for report in (reports.report(at(file)), reports.report(reports.UNDECIDED, submission_path=file)):
        (issue,) = issues(report)
        assert issue["location"]["path"] == path


@pytest.mark.parametrize("name", ["hidden", "after_due"])
def test_hidden_checks_leak_nothing(name: str):
    text = render("gitlab", CASES[name])
    assert reports.SECRET not in text
    assert "4321" not in text
    (issue,) = issues(CASES[name])
    assert issue["description"] == "This check did not pass."


def test_any_words_are_read_back_as_they_are_shown():
    words = "a\x1b[31m \u202e ::error::x ##[error] \ud800 日本"
    check = replace(at(words), feedback=Feedback(words, location=Location(words, 0, 0)))
    (issue,) = issues(reports.report(check))
    assert issue["description"] == visible(words).encode(errors="replace").decode()
    assert issue["location"] == {"path": visible(words), "lines": {"begin": 1}}


def test_what_is_huge_is_cut():
    huge = "\x1b" * 10_000_000
    check = replace(at(huge), feedback=Feedback(huge, huge, huge, Location(huge, 1, 1)))
    stopped = Stop("failed", huge)
    text = render("gitlab", reports.report(check, submission_path=huge, stopped=stopped))
    Draft202012Validator(SCHEMA).validate(json.loads(text))
    assert len(text) < 20_000
