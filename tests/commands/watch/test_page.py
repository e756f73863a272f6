"""What is said around a report."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from checkpoint.commands.watch import page
from checkpoint.model import CheckResult
from checkpoint.report import Style, terminal

from ...report.reports import report

if TYPE_CHECKING:
    from checkpoint.model import Report, Status


def of(**outcomes: Status) -> Report:
    return report(*(CheckResult(id, id.title(), outcome, 1) for id, outcome in outcomes.items()))


@pytest.mark.parametrize(
    "before, now, words",
    [
        (of(a="failed", b="passed"), of(a="passed", b="passed"), "a passes now"),
        (of(a="failed", b="blocked"), of(a="passed", b="passed"), "2 more checks pass"),
        (of(a="passed", b="passed"), of(a="passed", b="blocked"), "b fails now"),
        (of(a="passed", b="passed"), of(a="failed", b="blocked"), "2 checks fail now"),
        (of(a="passed", b="passed"), of(a="passed", b="undecided"), "b is not decided now"),
        (of(a="passed", b="passed"), of(a="error", b="undecided"), "2 checks are not decided now"),
        (of(a="passed", b="failed"), of(a="failed", b="passed"), "b passes now, a fails now"),
        (of(a="failed", b="blocked"), of(a="failed", b="failed"), "no check changed"),
        (of(a="passed"), of(a="passed", new="failed"), "no check changed"),
    ],
)
def test_what_changed_is_said(before: Report, now: Report, words: str):
    assert page.changed(before, now) == words


def test_the_first_verdict_says_what_to_do():
    assert page.changed(None, of(a="failed")) == "graded; save the file to have it graded again"


def test_the_line_on_top_has_the_time():
    (row,) = page.heading(datetime(2026, 3, 5, 9, 7, 3), "no check changed")
    assert terminal.page([row], Style()) == "09:07:03  no check changed\n"


def test_the_keys_stand_on_one_line_of_40_cells():
    (line,) = terminal.fitted(page.footer(page.KEYS), Style(width=39))
    assert "".join(text for text, _ in line) == "h hint  r again  d diff  z quiz  q quit"


def test_trouble_has_all_of_its_lines_and_nothing_that_acts():
    text = terminal.page(page.trouble("a.py:1: no\x1b[2J\n    x = (\n        ^\nhelp: mend it"), Style())
    assert text == "a.py:1: no\\x1b[2J\n    x = (\n        ^\nhelp: mend it\n"


def test_what_helps_is_shown_whole_on_a_narrow_terminal():
    text = terminal.page(page.trouble("no\nhelp: mend this check file first, please"), Style(width=24))
    assert text == "no\nhelp: mend this check\n  file first, please\n"


def test_what_checks_print_cannot_act():
    assert terminal.page(page.said(["\x1b[31mred"]), Style()) == "\\x1b[31mred\n"
