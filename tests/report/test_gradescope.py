"""Gradescope takes our results.json, shows a learner what helps, and keeps back what it is to keep back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checkpoint.report import render

from . import reports
from .test_github import ORDERS, read

SCHEMA = json.loads(Path(__file__).with_name("schemas").joinpath("gradescope.schema.json").read_text(encoding="utf-8"))


def results(report: reports.Report, **style: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render("gradescope", report, **style))
    Draft202012Validator(SCHEMA).validate(found)
    return found


def shown(found: dict[str, Any], *visibilities: str) -> str:
    """Return all that a learner sees when tests of these visibilities are shown."""
    tests = [test for test in found["tests"] if test["visibility"] in visibilities]
    return json.dumps([found["output"], *tests])


@pytest.mark.parametrize("name", reports.outcomes())
def test_points_and_counts_are_those_of_the_report(name: str):
    report = reports.outcomes()[name]
    found = results(report)
    assert found["score"] == report.score.earned
    assert sum(test.get("score", 0) for test in found["tests"]) == report.score.earned
    assert sum(test.get("max_score", 0) for test in found["tests"]) == report.score.possible
    assert [test["number"] for test in found["tests"]] == [str(n + 1) for n in range(len(report.checks))]
    assert found["output"].startswith(f"{report.score.earned} of {report.score.possible} point")


def test_a_failed_check_says_all_there_is_to_say():
    test = results(reports.report(reports.FAILED))["tests"][0]
    assert (test["name"], test["status"], test["score"], test["max_score"]) == (
        "Each visit counts one more",
        "failed",
        0,
        4,
    )
    assert "expected  42\nactual    1\n\nstarter/app.py:38\n" in test["output"]
    assert test["extra_data"] == {"id": "visit_count", "status": "failed"}
    assert test["tags"] == []


def test_a_passed_check_needs_no_words():
    test = results(reports.report(reports.PASSED))["tests"][0]
    assert (test["status"], test["output"], test["score"]) == ("passed", "", 1)


@pytest.mark.parametrize("check", [reports.BLOCKED, reports.UNDECIDED, reports.ERROR])
def test_a_status_that_gradescope_has_not_is_a_tag(check: reports.CheckResult):
    test = results(reports.report(check))["tests"][0]
    assert (test["status"], test["tags"], test["score"]) == ("failed", [check.status], 0)


def test_all_text_is_text_and_our_log_is_for_instructors():
    found = results(reports.everything())
    formats = {found["output_format"], found["test_output_format"], found["test_name_format"]}
    formats |= {test[key] for test in found["tests"] for key in ("name_format", "output_format")}
    assert formats == {"text"}
    assert found["stdout_visibility"] == "hidden"


def test_the_submissions_own_lines_are_at_the_top():
    found = results(reports.everything())
    lines = found["output"].split("\n")
    assert lines[0] == "3 of 15 points (20 %), not passed yet: 3 checks to go"
    assert "Note: app.run() is called without a guard; Flask ignored it under FLASK_RUN_FROM_CLI=true." in lines
    assert "isolation none: no fork on this machine" in lines
    assert lines[-2:] == ["while loading, the app printed:", "starting up"]
    assert found["execution_time"] == pytest.approx(1.2345, abs=0.001)
    assert "Next: User login with Flask-Login" in results(reports.outcomes()["passed"])["output"]


def test_a_stopped_run_is_marked():
    found = results(reports.outcomes()["terminated"])
    assert "It was told to end." in found["output"]
    assert (found["extra_data"]["complete"], found["extra_data"]["stopped"]) == (False, "terminated")


def test_a_hidden_check_is_its_id_and_never_shown():
    found = results(reports.outcomes()["hidden"])
    assert [test["visibility"] for test in found["tests"]] == ["visible", "hidden", "hidden"]
    assert found["tests"][2]["name"] == "other_paths"
    assert reports.SECRET not in json.dumps(found)
    assert "4321" not in json.dumps(found)


def test_after_the_due_date_a_check_is_told_whole_and_before_it_not_at_all():
    waiting = replace(reports.BLOCKED, blocked_by=(reports.AFTER_DUE.id,))
    found = results(reports.report(reports.PASSED, reports.AFTER_DUE, waiting))
    assert found["tests"][1]["visibility"] == "after_due_date"
    assert f"The {reports.SECRET} message" in found["tests"][1]["output"]
    assert reports.SECRET not in shown(found, "visible")
    assert found["tests"][2]["output"] == "Waits for: many_visits"


def test_only_what_was_scored_has_points():
    passed, failed = results(reports.outcomes()["only"])["tests"]
    assert "score" not in passed
    assert "max_score" not in passed
    assert (failed["score"], failed["max_score"]) == (0, 4)


def test_all_hints_come_when_they_are_asked_for():
    assert "hint 3 of 3" in results(reports.report(reports.FAILED), hints=True)["tests"][0]["output"]


@pytest.mark.parametrize("text", [*ORDERS, reports.HOSTILE_TEXT])
def test_nothing_in_it_can_act(text: str):
    found = results(reports.hostile(text))
    words = [found["output"], *(test[key] for test in found["tests"] for key in ("name", "output"))]
    lines = [line for word in words for line in word.split("\n")]
    assert all(line.isprintable() for line in lines)
    assert [line for line in lines if read(line)] == []
    assert [line for line in render("gradescope", reports.hostile(text)).split("\n") if read(line)] == []


@pytest.mark.parametrize("text", ["x" * 10_000_000, "\u202e\n" * 100_000])
def test_what_is_long_is_cut(text: str):
    report = reports.report(
        replace(reports.FAILED, title=text, output=text, feedback=replace(reports.FAILED.feedback, message=text)),
        output=text,
        notes=(text,) * 20,
    )
    found = results(report)
    assert len(found["output"]) <= 20_000
    assert len(found["tests"][0]["output"]) <= 10_000
    assert "cut short" in found["output"]


def test_the_same_report_gives_the_same_bytes():
    assert render("gradescope", reports.everything()) == render("gradescope", reports.everything())


def test_the_time_of_checks_that_are_kept_back_is_not_told():
    report = reports.report(reports.PASSED, reports.AFTER_DUE, duration_ms=reports.AFTER_DUE.duration_ms + 100)
    assert json.loads(render("gradescope", report))["execution_time"] == 0.1
