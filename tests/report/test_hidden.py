"""What is hidden stays hidden in every format, counts all the same, and is told to those who ask for it."""

from __future__ import annotations

import dataclasses
import json

import pytest

from checkpoint.model import Score
from checkpoint.report import FORMATS, render
from checkpoint.report.hidden import without_hidden

from . import reports

OUTCOME = reports.outcomes()["hidden"]
LATER = reports.outcomes()["after_due"]
NUMBERS = ("4321", "4.3")  # a place and a time of the hidden checks; no other number of the report looks so


@pytest.mark.parametrize("verbosity", [-1, 0, 1])
@pytest.mark.parametrize("name", FORMATS)
def test_no_format_has_a_word_of_a_hidden_check(name: str, verbosity: int):
    text = render(name, OUTCOME, hints=True, verbosity=verbosity)
    assert reports.SECRET not in text
    assert not [number for number in NUMBERS if number in text]


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"gradescope"}))
def test_a_check_for_after_the_due_date_is_as_hidden_where_nobody_knows_that_date(name: str):
    text = render(name, LATER, hints=True, verbosity=1)
    assert reports.SECRET not in text
    assert not [number for number in NUMBERS if number in text]


def test_gradescope_is_told_what_it_shows_after_the_due_date():
    tests = json.loads(render("gradescope", LATER))["tests"]
    assert [test["visibility"] for test in tests] == ["visible", "after_due_date"]
    assert f"{reports.SECRET} message" in tests[1]["output"]


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"github", "gitlab", "svg"}))
def test_every_list_of_checks_has_the_ids(name: str):
    text = render(name, OUTCOME)
    assert "other_names" in text
    assert "other_paths" in text


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"svg"}))
def test_revealed_they_are_described(name: str):
    assert f"{reports.SECRET} message" in render(name, OUTCOME, reveal=True)


def test_they_count():
    reduced = without_hidden(OUTCOME)
    assert reduced.score == OUTCOME.score
    assert [(check.status, check.points, check.max_points) for check in reduced.checks] == [
        (check.status, check.points, check.max_points) for check in OUTCOME.checks
    ]
    document = json.loads(render("json", OUTCOME))
    assert document["checks"][2]["status"] == "failed"
    assert document["score"] == {"earned": 4, "possible": 7, "percent": 57.14, "pass_percent": 100}


def test_what_only_a_hidden_check_has_seen_is_not_said_of_the_app_as_a_whole():
    assert OUTCOME.cause == "crashed"
    assert without_hidden(OUTCOME).cause is None
    also_seen = dataclasses.replace(OUTCOME, checks=(*OUTCOME.checks, reports.CRASHED))
    assert without_hidden(also_seen).cause == "crashed"
    assert without_hidden(reports.report(reports.PASSED, cause="not_loadable")).cause == "not_loadable"


def test_visible_checks_stay_as_they_are():
    assert without_hidden(reports.everything()) == reports.everything()


@pytest.mark.parametrize("name", FORMATS)
def test_why_a_person_let_a_hidden_check_pass_is_not_told(name: str):
    text = render(name, reports.report(reports.PASSED, reports.HIDDEN_LET_PASS), hints=True, verbosity=1)
    assert reports.SECRET not in text


def test_what_a_person_decided_about_a_hidden_check_counts():
    document = json.loads(render("json", reports.report(reports.HIDDEN_LET_PASS)))
    (check,) = document["checks"]
    assert (check["status"], check["points"], check["decision"]) == ("passed", 3, None)
    revealed = json.loads(render("json", reports.report(reports.HIDDEN_LET_PASS), reveal=True))
    assert revealed["checks"][0]["decision"]["who"] == reports.SECRET


def test_people_are_told_that_something_is_hidden():
    text = render("terminal", OUTCOME)
    assert "2 checks are hidden: they count, but only their names are shown." in text
    assert "1 check is hidden: it counts, but only its name is shown." in render("terminal", LATER)
    assert "✗ other_paths (hidden)" in text
    assert "This check did not pass." not in text  # a block of words that says nothing


def test_one_alone_that_is_hidden_is_scored():
    alone = reports.report(reports.HIDDEN, only="other_paths", score=Score(0, 3, 0.0, 100, False))
    assert "0 of 3 points for other_paths alone." in render("terminal", alone)
