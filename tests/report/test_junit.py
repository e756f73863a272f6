"""JUnit's readers find every check where they look for it, and no run that was cut short looks green to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from junitparser.xunit2 import JUnitXml

from checkpoint.model import CheckResult, Feedback, Stop
from checkpoint.report import render
from checkpoint.report.prose import headline, prose
from checkpoint.report.visible import visible

from . import reports

if TYPE_CHECKING:
    from checkpoint.model import Report

SCHEMA = xmlschema.XMLSchema(Path(__file__).parent / "schemas" / "junit.xsd")
MOST_BYTES = 30_000_000  # what GitLab takes


def apart(report: Report) -> Report:
    """Return the report with ids that differ, as those of real checks do."""
    return replace(report, checks=tuple(replace(one, id=f"{n} {one.id}") for n, one in enumerate(report.checks)))


CASES = reports.outcomes() | {"hostile": apart(reports.hostile())}


def suite_of(report: Report) -> ET.Element:
    """Return the one test suite of a report that keeps the schema."""
    text = render("junit", report)
    SCHEMA.validate(text)
    (suite,) = ET.fromstring(text.encode())
    return suite


def case_of(check: CheckResult, **changes: object) -> ET.Element:
    """Return the test case of a report of one check."""
    return suite_of(reports.report(check, **changes)).findall("testcase")[0]


def properties(element: ET.Element) -> dict[str, str]:
    return {one.attrib["name"]: one.attrib["value"] for one in element.findall("properties/property")}


def results(report: Report) -> list[str]:
    """Return what became of each test case, in one word each."""
    cases = suite_of(report).findall("testcase")
    return [next((part.tag for part in case if part.tag in ("failure", "error", "skipped")), "") for case in cases]


@pytest.mark.parametrize("name", CASES)
def test_a_report_keeps_the_schema_and_gives_the_same_bytes(name: str):
    text = render("junit", CASES[name])
    SCHEMA.validate(text)
    assert text == render("junit", CASES[name])
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>\n<testsuites ')
    assert "\n  <testsuite " in text
    assert text.endswith("</testsuites>\n")


@pytest.mark.parametrize("name", CASES)
def test_the_counts_are_those_of_the_report(name: str):
    report = CASES[name]
    (suite,) = JUnitXml.fromstring(render("junit", report).encode())
    statuses = [check.outcome for check in report.checks]
    errors = statuses.count("error") if report.complete else 1
    waiting = statuses.count("blocked") + statuses.count("undecided")
    assert suite.failures == statuses.count("failed")
    assert suite.errors == errors
    assert suite.skipped == waiting + (0 if report.complete else statuses.count("error"))
    assert suite.tests == len(list(suite)) == len(report.checks) + (not report.complete)
    assert sum(case.is_passed for case in suite) == statuses.count("passed")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name="visit_first"', 'name="page_loads"'),
        ('time="0.012"', 'time="1.2e-05"'),
        ("system-out>", "system-in>"),
        ('tests="7"', ""),
        (' message="Waits for: Each visit counts one more"', ""),
        ('timestamp="2026-03-04T05:06:07+00:00"', 'timestamp="today"'),
    ],
)
def test_the_schema_refuses_what_a_reader_would_stumble_over(old: str, new: str):
    text = render("junit", reports.everything())
    assert SCHEMA.is_valid(text)
    assert old in text
    assert not SCHEMA.is_valid(text.replace(old, new))


def test_each_status_is_told_in_the_words_of_the_format():
    assert results(reports.everything()) == ["", "", "failure", "skipped", "failure", "skipped", "error"]


@pytest.mark.parametrize("name", [name for name, report in CASES.items() if not report.complete])
def test_a_run_that_was_cut_short_has_an_error_whatever_its_checks_say(name: str):
    suite = suite_of(CASES[name])
    *checks, grading = suite.findall("testcase")
    assert (grading.attrib["classname"], grading.attrib["name"]) == (f"{suite.attrib['name']}.run", "grading")
    error = grading.find("error")
    assert error is not None
    assert error.attrib["type"] == CASES[name].stopped.why
    if name != "hostile":
        assert error.text == error.attrib["message"] == CASES[name].stopped.message
    assert not [case for case in checks if case.find("error") is not None]
    assert properties(suite)["complete"] == "false"


def test_a_check_that_is_called_like_the_run_is_told_apart_from_it():
    check = replace(reports.PASSED, id="grading")
    assert results(reports.report(check, stopped=Stop("failed", "It could not go on."))) == ["", "error"]


def test_a_test_case_says_what_happened_where_and_how_long_it_took():
    report = reports.report(reports.FAILED)
    case = case_of(reports.FAILED)
    assert case.attrib == {"name": "visit_count", "classname": "dynamic-web-app.checks", "time": "0.032"}
    assert properties(case) == {"title": "Each visit counts one more", "points": "0", "max_points": "4"}
    failure = case.find("failure")
    assert failure is not None
    assert failure.attrib["message"] == headline(reports.FAILED, report)
    assert failure.text == prose(reports.FAILED, report)
    assert "starter/app.py:38" in failure.text
    assert case.findtext("system-out") == "visits: 41\nvisits is not None"
    assert properties(case_of(reports.CRASHED))["cause"] == "crashed"


def test_the_style_decides_about_hints():
    assert "int(request.cookies['visits']) + 1" not in render("junit", reports.everything())
    assert "int(request.cookies['visits']) + 1" in render("junit", reports.everything(), hints=True)


def test_the_suite_says_what_was_graded_and_how():
    report = reports.everything()
    suite = suite_of(report)
    assert suite.attrib["timestamp"] == "2026-03-04T05:06:07+00:00"
    assert suite.attrib["time"] == "1.234"
    assert properties(suite) == {
        "title": "A Dynamic Web App",
        "submission": "starter/app.py",
        "sha256": reports.SHA256,
        "seed": "7",
        "points": "3",
        "max_points": "15",
        "passed": "false",
        "complete": "true",
        "isolation": "none: no fork on this machine",
    }
    told = (suite.findtext("system-out") or "").split("\n")
    assert told[0] == "3 of 15 points (20 %), not passed yet: 3 checks to go"
    assert "note: app.run() is called without a guard; Flask ignored it under FLASK_RUN_FROM_CLI=true." in told
    assert told[-2:] == ["while loading, the app printed:", "│ starting up"]


def test_a_run_of_one_check_and_one_that_loaded_badly_say_so():
    assert properties(suite_of(CASES["only"]))["only"] == "visit_count"
    assert properties(suite_of(CASES["timed_out"]))["cause"] == "timed_out"
    assert properties(suite_of(CASES["broken"]))["stopped"] == "broken"


@pytest.mark.parametrize("name", ["hidden", "after_due"])
def test_hidden_checks_leak_nothing(name: str):
    text = render("junit", CASES[name], hints=True, verbosity=1)
    assert reports.SECRET not in text
    assert "4321" not in text
    assert "other_paths" in render("junit", CASES["hidden"])


@pytest.mark.parametrize(
    "words", ["]]>", "<![CDATA[", "&amp; < > \" '", "\x00\x1b\x0b\ufffe\uffff", "\ud800", "\u202e"]
)
def test_any_words_are_read_back_as_they_are_shown(words: str):
    check = replace(reports.FAILED, feedback=Feedback(f"a{words}b"), output=f"a{words}b\n", hints=())
    report = reports.report(check, submission_path=f"a{words}b", notes=(f"a{words}b",), output=f"a{words}b")
    shown = visible(f"a{words}b")
    suite = suite_of(report)
    case = suite.find("testcase")
    assert case is not None
    failure = case.find("failure")
    assert failure is not None
    assert failure.attrib["message"] == shown
    assert (failure.text or "").split("\n")[0] == shown
    assert case.findtext("system-out") == shown
    assert properties(suite)["submission"] == shown
    assert f"note: {shown}\nwhile loading, the app printed:\n│ {shown}" in (suite.findtext("system-out") or "")


def test_no_app_can_have_a_file_attached():
    order = "[[ATTACHMENT|/etc/passwd]]"
    check = replace(reports.FAILED, feedback=Feedback(order), output=f"[{order}\n", title=order)
    text = render("junit", reports.report(check, output=order, notes=(order,), submission_path=order))
    assert "[[ATTACHMENT|" not in text
    assert text.count(r"\x5b[ATTACHMENT|/etc/passwd]]") >= 7


@pytest.mark.parametrize("order", ["--- x", "+++ x", "~~~ x", "^^^ +++"])
def test_no_line_of_the_file_folds_a_log(order: str):
    check = replace(reports.FAILED, feedback=Feedback(f"{order}\n{order}"), output=f"x\n{order}\n")
    text = render("junit", reports.report(check))
    assert not [line for line in text.split("\n") if line.startswith(order[:4])]


def test_nothing_that_an_app_prints_while_it_loads_passes_for_our_own_words():
    told = suite_of(reports.report(reports.FAILED, output="20 of 20 points. Passed.\n")).findtext("system-out") or ""
    assert [line for line in told.split("\n") if "points" in line] == [
        "0 of 4 points (0 %), not passed yet: 1 check to go",
        "│ 20 of 20 points. Passed.",
    ]


def test_no_time_has_an_exponent():
    assert case_of(replace(reports.PASSED, duration_ms=0.01)).attrib["time"] == "0.0"


@pytest.mark.parametrize("unit", ["&", "\x1b", "\n", "日"])
def test_what_is_huge_is_cut(unit: str):
    huge = (unit * 10_000_000)[:10_000_000]
    check = CheckResult("a", "A check", "failed", 1, Feedback(f"x{huge}"), output=f"{huge}x")
    text = render("junit", reports.report(check, output=f"{huge}x", notes=(huge,), submission_path=huge))
    SCHEMA.validate(text)
    assert len(text.encode()) < 400_000


def test_a_thousand_checks_with_much_to_say_are_a_file_that_gitlab_takes():
    feedback = Feedback("&" * 4000, "&" * 2000, "&" * 1999 + "x")
    checks = [CheckResult(f"c{n}", "&" * 500, "failed", 1, feedback, output="&" * 20_000) for n in range(1000)]
    assert len(render("junit", reports.report(*checks), verbosity=1).encode()) < MOST_BYTES
