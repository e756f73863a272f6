"""Whatever a learner's app said, no format lets it act on a terminal or a CI service, or speak in our voice."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checkpoint.model import CheckResult, Feedback, Frame, Location
from checkpoint.report import FORMATS, render
from checkpoint.report.json import schema
from checkpoint.report.svg import ROWS

from . import reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.model import Report

ANSI = re.compile(r"\x1b\[[0-9;]*m")
VERDICT = "20 of 20 points. Passed."


# How services read a log, after their own readers; each says whether it would act on a line.


def github(line: str) -> bool:
    """Follow actions/runner, ActionCommand.cs: TryParseV2 trims white space, TryParse looks anywhere in the line."""
    start = line.lstrip()
    if start.startswith("::") and start.find("::", 2) >= 0:
        return True
    at = line.find("##[")
    return at >= 0 and line.find("]", at) >= 0


def azure(line: str) -> bool:
    """Look for `##vso[area.action]` as the agent does: anywhere."""
    return re.search(r"##vso\[[^\]]*\]", line) is not None


def teamcity(line: str) -> bool:
    """Look for a service message."""
    return re.search(r"##teamcity\[[^\]]*\]", line) is not None


def gitlab(line: str) -> bool:
    """Look for a section: it ends in a carriage return and "erase the line"."""
    return re.search(r"section_(start|end):\d+:[^\r]*\r\x1b\[0K", line) is not None


def buildkite(line: str) -> bool:
    """Look for a group, at the very start of a line; colours do not count."""
    return re.match(r"(---|\+\+\+|~~~|\^\^\^) ", ANSI.sub("", line)) is not None


def travis(line: str) -> bool:
    """Look for a fold or a timer."""
    return re.search(r"travis_(fold|time):(start|end):", line) is not None


SERVICES: list[Callable[[str], bool]] = [github, azure, teamcity, gitlab, buildkite, travis]
ORDERS = {
    github: ["::error file=a::x", "  ::add-mask::x", "a ##[error]x", "::::stop::"],
    azure: ["a ##vso[task.complete result=Succeeded;]DONE"],
    teamcity: ["##teamcity[buildStatus text='x']"],
    gitlab: ["section_start:1:a\r\x1b[0Kx"],
    buildkite: ["--- x", "\x1b[1m+++ x", "^^^ +++"],
    travis: ["travis_fold:start:x"],
}


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.__name__)
def test_the_readers_of_this_test_know_an_order_when_they_see_one(service: Callable[[str], bool]):
    assert all(map(service, ORDERS[service]))
    assert not any(map(service, ["", "a::b::c", "x: ##", "# [a]", "-- x", "2 of 3 points"]))


def told(text: str) -> Report:
    """Return a Report in which everything that a learner has a hand in is `text`, whole or a line of it."""
    line = text.replace("\n", " ")
    feedback = Feedback(
        text,
        text,
        f"{text} ",
        Location(line, 1, 2, ((1, line), (2, line))),
        tuple(Frame(line, number, line, line) for number in (1, 2)),
    )
    return reports.report(
        CheckResult("a", "A check", "failed", 1, feedback, ("A hint.",), None, 1.0, text),
        CheckResult("b", "Another", "undecided", 1, Feedback(text), output=text),
        CheckResult("c", "A third", "error", 1, Feedback(f"Ours: {text}")),
        submission_path=line,
        notes=(text, f"{line}:1: a note"),
        output=text,
    )


def assert_obeyed_by_nobody(text: str, but_for: Callable[[str], bool] | None = None) -> None:
    """Let every service read a report, and a terminal show it; UTF-8 has to have it all.

    A format that is made of one service's commands is obeyed by that one: as it is meant, each line a command of ours.
    """
    text.encode("utf-8")
    for line in text.split("\n"):
        assert line.isprintable()
        assert not [service.__name__ for service in SERVICES if service(line) and service is not but_for], line
        if but_for is not None:
            assert re.match(r"::(error|warning|notice) \w+=[^:]*::|$", line), line


def assert_harmless(report: Report, width: int) -> None:
    """Draw a report for terminals of this width: it holds no order, and one line alone that is a verdict."""
    for style in ({}, {"verbosity": 1, "hints": True}, {"unicode": False}):
        text = render("terminal", report, width=width, **style)
        assert_obeyed_by_nobody(text)
        (verdict,) = [line for line in text.split("\n") if re.match(r"\d+ of ", line)]
        assert OURS.startswith(verdict)


VALIDATOR = Draft202012Validator(schema())
OURS = "0 of 3 points (0 %), not passed yet: 1 check to go"
PIECES = [
    "::", ":", "error", " ", "\n", "x", "::error::x", "##", "#", "[", "]", "##[group]", "##vso[task.complete]",
    "##teamcity[x]", "--- ", "+++ ", "~~~ ", "^^^ ", "travis_fold:", "start:", "section_start:1:a\r\x1b[0K", "\r", "\t",
    "\x1b[2J", "\x9b31m", "\u202e", "\u200b", "\ud800", "\udfff", "\U000e0041", "日本", "e\u0301\u0301\u0301\u0301",
    "a" * 19, "a" * 77, ":" * 40, " " * 30, f"\n{VERDICT}", f"{VERDICT}\r\n", "\\", "</text>", '"', "&", "]]>", "│",
    "|", "\xa0", "\u2028", "\x85", "\xad", "\u3164", "\ufe0f",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join)


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
@given(TEXTS, st.integers(20, 110))
def test_any_words_of_a_learners_are_harmless_in_a_terminal(text: str, width: int):
    report = told(text)
    assert_harmless(report, width)
    colored = render("terminal", report, width=width, color=True)
    assert ANSI.sub("", colored) == render("terminal", report, width=width)
    assert not [line for line in colored.split("\n") for service in SERVICES if service(line)]


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
@given(TEXTS)
def test_any_words_of_a_learners_are_harmless_in_a_file_and_in_a_log_that_it_is_printed_to(text: str):
    report = told(text)
    for name in FORMATS.keys() - {"terminal"}:
        assert_obeyed_by_nobody(render(name, report), github if name == "github" else None)
    assert not list(VALIDATOR.iter_errors(json.loads(render("json", report))))
    ET.fromstring(render("svg", report))


@pytest.mark.parametrize("order", [order for orders in ORDERS.values() for order in orders] + [VERDICT])
@pytest.mark.parametrize("width", [20, 41, 80])
def test_no_place_of_a_line_break_makes_an_order(order: str, width: int):
    for before in range(0, width, 1 if width < 30 else 7):
        assert_harmless(told(f"{'x' * before}{order}{'y' * width}{order}\n{order}"), width)
        assert_harmless(told(f"{'x ' * (before // 2)}{order} {order}"), width)


@pytest.mark.parametrize("colons", [2, 3, 4, 90])
def test_a_word_is_never_cut_before_two_colons(colons: int):
    for width in range(20, 60):
        assert_harmless(told("x" * (width - 8) + ":" * colons + "error::" + "y::" * 40), width)


def test_two_colons_within_a_word_stay_as_they_are():
    assert "std::map a::b x[1::2] http://[::1]/" in render("terminal", told("std::map a::b x[1::2] http://[::1]/"))


def test_every_line_of_what_was_printed_is_quoted_where_it_is_wrapped_too():
    printed = "x " * 200 + VERDICT + "\n" + VERDICT
    for unicode, gutter in ((True, "│"), (False, "|")):
        text = render("terminal", reports.report(reports.PASSED, output=printed), verbosity=1, unicode=unicode)
        block = text.partition("the app printed:\n")[2].partition("\n\n")[0].split("\n")
        assert len(block) > 5
        assert all(line.startswith(f"    {gutter} ") for line in block)


def test_json_stays_the_same_document():
    report = told("##[a] ##vso[b] :: \x9b \u202e \U000e0041 日本 é \x7f # TODO [x]")
    text = render("json", report)
    assert json.loads(text)["output"] == report.output
    assert "日本 é" in text
    assert "# TODO [x]" in text
    assert r"\udb40\udc41" in text


# A learner can make a report no larger than this, whatever one is made of: `outcome` bounds the characters, and here
# each of them may be written in twelve of JSON's, ten of a terminal's, or as an element of a picture.
WORST = ["\x00", "\U000e0041", "日", "x\n", "\t", " ", "e\u0301", "::", "'", "##["]
CHECKS = 3
CHARACTERS = 60_000  # of one check


def worst(unit: str) -> Report:
    """Return the largest Report of failed checks that a learner can bring about."""

    def text(size: int) -> str:
        return (unit * size)[:size]

    place = Location(text(200), 1, 12, tuple((number, text(400)) for number in range(1, 17)))
    frames = tuple(Frame(text(200), 1, text(200), text(200)) for _ in range(30))
    feedback = [Feedback(text(3998) + str(n), text(2000), text(1999) + "x", place, frames) for n in range(CHECKS)]
    checks = [CheckResult(f"c{n}", "A check", "failed", 1, feedback[n], output=text(20_000)) for n in range(CHECKS)]
    return reports.report(*checks, output=text(20_000))


@pytest.mark.parametrize("unit", WORST, ids=ascii)
def test_no_report_is_larger_than_its_bound(unit: str):
    report = worst(unit)
    assert len(render("json", report)) < 12 * CHARACTERS * (CHECKS + 1)
    assert len(render("terminal", report, verbosity=1, color=True)) < 12 * CHARACTERS * (CHECKS + 1)
    assert len(render("terminal", report)) < CHARACTERS * CHECKS
    assert len(render("svg", report, verbosity=1)) < 200 * 80 * ROWS


def test_a_long_picture_has_its_beginning_and_its_end():
    texts = [text.text or "" for text in ET.fromstring(render("svg", worst("x\n"), verbosity=1)).iter()]
    drawn = "".join(texts).replace("\xa0", " ")
    assert "A Dynamic Web App" in drawn
    assert "0 of 3 points" in drawn
    assert "isolation full" in drawn


def test_long_blanks_do_not_take_their_square():
    """Draw in a process of its own, which is ended after what is a hundred times enough."""
    code = (
        "from checkpoint.report import render; from tests.report import reports;"
        "render('terminal', reports.report(reports.FAILED, output='x' + ' ' * 400_000), verbosity=1)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], timeout=60, check=True)
