"""The pages that tell a learner how things went: whatever stands in them, they fit and nothing in them acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len

from checkpoint.past import Asked, Past, Sat, Try
from checkpoint.report import Style, chart, diff, hints, history, standing
from checkpoint.report.standing import Exercise, Quiz, Standing

from .reports import HOSTILE_TEXT

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
FAILED = Try(
    1, NOW, "/home/ada/app.py", "app.py", "content", "fingerprint", 7, 6, 20, False, None,
    (Asked(HOSTILE_TEXT, HOSTILE_TEXT, "failed", 0, 2),),
)  # fmt: skip
PASSED = replace(FAILED, number=12, earned=20, passed=True, checks=())
SAT = Sat(NOW, "quiz", 9, 10, passed=True, exam=True, partial=True)
PAST = Past("hello", HOSTILE_TEXT, (FAILED,) * 200 + (replace(FAILED, only=HOSTILE_TEXT), PASSED), (SAT,), None, {})
STEP = ("Next", "checkpoint grade 'a very long name of a folder'/app.py --checkpoint /somewhere/else")


def pages(style: Style) -> list[str]:
    shares = tuple(number / 200 for number in range(200))
    exercises = [
        Exercise(None, None),
        Exercise(FAILED, None, FAILED.first_open, shares),
        Exercise(PASSED, PASSED, None, shares),
    ]
    quizzes = [
        None,
        Quiz(None, None),
        Quiz(None, SAT),
        Quiz(None, None, left=True),
        Quiz(SAT, SAT),
        Quiz(None, SAT, outdated=True),
    ]
    made = [
        standing.render(Standing(HOSTILE_TEXT, exercise, quiz, STEP, NOW, HOSTILE_TEXT, HOSTILE_TEXT), style)
        for exercise in exercises
        for quiz in quizzes
    ]
    made.append(history.render(replace(PAST, hints={HOSTILE_TEXT: 2}), style))
    made.append(
        hints.render(
            hints.Hints(HOSTILE_TEXT, HOSTILE_TEXT, (HOSTILE_TEXT,) * 2, 3, True, (STEP,), HOSTILE_TEXT), style
        )
    )
    return made


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("unicode", [True, False])
def test_pages_fit_and_nothing_in_them_acts(width: int, unicode: bool):
    for page in pages(Style(width=width, unicode=unicode)):
        lines = [line for line in page.splitlines() if STEP[1] not in line]
        assert max(map(cell_len, lines)) <= width
        assert page.isascii() or unicode
        assert not {"\x1b", "\x07", "\u202e", "\r"} & set(page)


def test_a_command_is_never_folded_so_that_it_can_be_copied():
    for page in pages(Style(width=20)):
        if "Nothing" not in page and STEP[0] in page:
            assert f"Next: {STEP[1]}\n" in page


def test_a_diff_keeps_its_lines_and_nothing_in_it_acts():
    old, new = diff.Side({HOSTILE_TEXT: "a\n"}, HOSTILE_TEXT), diff.Side({HOSTILE_TEXT: f"a\n{HOSTILE_TEXT}\n"}, "now")
    text = diff.render(old, new, Style(unicode=False))
    assert text.isascii()
    assert "\x1b" not in text
    assert len(text.splitlines()) == 5


def test_blanks_at_the_end_of_a_line_are_a_difference():
    text = diff.render(diff.Side({"app.py": "a\n"}, "then"), diff.Side({"app.py": "a \n"}, "now"))
    assert text.splitlines()[3:] == ["-a", "+a "]


def test_a_file_that_came_or_went_is_shown_whole():
    assert "+a\n" in diff.render(diff.Side({}, "then"), diff.Side({"app.py": "a\n"}, "now"))
    assert "-a\n" in diff.render(diff.Side({"app.py": "a\n"}, "then"), diff.Side({}, "now"))


def test_only_full_marks_fill_a_bar():
    assert chart.chart([0, 0.5, 0.99, 1]) == "▁▄▇█"
    assert chart.chart([0, 0.5, 0.99, 1], unicode=False) == "_-*#"
    assert chart.chart([-1, 2]) == "▁█"
