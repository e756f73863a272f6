"""The words that all formats share say what the numbers mean."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from checkpoint.model import Isolation, Score, Stop
from checkpoint.report import words

from . import reports

if TYPE_CHECKING:
    from checkpoint.model import Report

OPEN = dataclasses.replace(reports.UNDECIDED, max_points=1)


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (reports.report(reports.PASSED, reports.FIRST), "3 of 3 points. Passed."),
        (reports.report(reports.PASSED), "1 of 1 point. Passed."),
        (reports.everything(), "3 of 15 points (20 %), not passed yet: 3 checks to go"),
        (
            reports.report(reports.FIRST, dataclasses.replace(reports.FAILED, max_points=1)),
            "2 of 3 points (66.67 %), not passed yet: 1 check to go",
        ),
        (reports.report(score=Score(14, 20, 70, 70, True)), "14 of 20 points (70 %). Passed."),
        (
            reports.report(reports.FIRST, reports.UNDECIDED),
            "2 of 6 points (33.33 %), not passed yet: 1 check undecided",
        ),
        (
            reports.report(reports.FIRST, reports.ERROR),
            "2 of 3 points (66.67 %), not passed yet: 1 check could not be run",
        ),
        (
            reports.report(reports.FIRST, stopped=Stop("interrupted", "")),
            "2 of 2 points, not passed yet: grading was cut short",
        ),
        (
            reports.report(score=Score(1, 2, 50, 60, False)),
            "1 of 2 points (50 %), not passed yet: 60 % of the points are needed",
        ),
        (reports.report(reports.FIRST, only="visit_first"), "2 of 2 points for visit_first alone."),
    ],
)
def test_the_score_line(report: Report, line: str):
    assert words.score_line(report) == line


def test_caveats_are_said_only_when_they_hold():
    assert words.caveats(reports.report(reports.PASSED, reports.FAILED, reports.BLOCKED)) == []
    assert "only visit_first" in words.caveats(reports.report(reports.FIRST, only="visit_first"))[0]
    assert "cut short" in words.caveats(reports.report(stopped=Stop("interrupted", "")))[0]
    assert words.caveats(reports.report(reports.UNDECIDED, OPEN)) == [
        "A person decides the undecided checks. Until then their 5 points are neither earned nor lost."
    ]
    assert "its 1 point is neither" in words.caveats(reports.report(OPEN))[0]
    assert "our fault, not yours, and costs you no points" in words.caveats(reports.report(reports.ERROR))[0]


def test_what_a_person_has_decided_is_no_longer_undecided():
    assert words.caveats(reports.report(reports.LET_PASS, reports.TURNED_DOWN)) == []
    assert words.score_line(reports.report(reports.FIRST, reports.LET_PASS)) == "6 of 6 points. Passed."
    turned_down = reports.report(reports.FIRST, reports.TURNED_DOWN)
    assert words.score_line(turned_down) == "2 of 3 points (66.67 %), not passed yet: 1 check to go"
    assert [words.points(check, turned_down) for check in turned_down.checks] == ["2/2", "0/1"]


def test_one_of_two_that_say_the_same_may_be_decided():
    twin = dataclasses.replace(reports.UNDECIDED, id="twin")
    told = words.explained(reports.report(reports.UNDECIDED, twin, reports.LET_PASS))
    assert [(check.id, same and same.id) for check, same in told] == [
        ("header_from_g", None),
        ("twin", "header_from_g"),
        ("header_from_g", None),
    ]


def test_who_waits_for_whom():
    report = reports.report(reports.FAILED, reports.BLOCKED)
    assert words.waits_for(reports.BLOCKED, report) == "Each visit counts one more"
    assert words.waits_for(reports.BLOCKED, reports.report()) == "visit_count"
    assert words.waits_for(reports.PASSED, report) == ""


def test_the_isolation_is_one_line():
    assert words.isolation_line(reports.report(isolation=Isolation("full", "all of it"))) == "isolation full: all of it"
    assert words.isolation_line(reports.report(isolation=Isolation("none", ""))) == "isolation none"


def test_durations():
    assert [words.seconds(value) for value in (0, 12.4, 999, 1234.5)] == ["0 ms", "12 ms", "999 ms", "1.2 s"]
