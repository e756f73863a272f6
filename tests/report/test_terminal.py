"""The terminal's report fits its width, tells the learner everything needed, and is safe to print."""

from __future__ import annotations

import dataclasses
import random
import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from checkpoint.model import CheckResult, Decision, Feedback, Frame, Isolation, Location, Score, Stop
from checkpoint.report import Style
from checkpoint.report.terminal import render

from . import reports

if TYPE_CHECKING:
    from checkpoint.model import Report, Status

ANSI = re.compile(r"\x1b\[[0-9;]*m")
WIDTHS = (20, 30, 50, 80, 120)
STATUSES: tuple[Status, ...] = ("passed", "failed", "blocked", "undecided", "error")
CASES = {
    "everything": reports.everything(),
    "hostile": reports.hostile(),
    "long line": reports.hostile(reports.LONG_LINE),
    "wide": reports.hostile("日本語のとても長い文章です" * 20),
    "accents": reports.hostile("e\u0301" * 300),
    "blanks": reports.hostile(" \t " * 100),
    "empty texts": reports.hostile(""),
    "no checks": reports.report(),
}


def plain(report: Report, **style: int) -> str:
    return render(report, Style(**style))  # type: ignore[arg-type]


def joined(text: str) -> str:
    """Return the text as if it had not been wrapped."""
    return " ".join(text.split())


def failing(**feedback: object) -> Report:
    """Return a Report of one failed check with this feedback."""
    assert reports.FAILED.feedback is not None
    changed = dataclasses.replace(reports.FAILED.feedback, **feedback)  # type: ignore[arg-type]
    return reports.report(dataclasses.replace(reports.FAILED, feedback=changed))


# What holds for every report.


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal(name: str, width: int):
    for unicode, verbosity in product((0, 1), (-1, 0, 1)):
        text = plain(CASES[name], width=width, unicode=unicode, hints=1, verbosity=verbosity)
        widest = max(cell_len(line) for line in text.split("\n"))
        assert widest <= width


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("verbosity", [-1, 0, 1])
def test_nothing_of_the_learners_acts_on_the_terminal(name: str, verbosity: int):
    colored = plain(CASES[name], color=True, verbosity=verbosity)
    for text in (plain(CASES[name], verbosity=verbosity), ANSI.sub("", colored)):
        assert all(line.isprintable() for line in text.split("\n"))
    assert set(ANSI.findall(colored)) <= {f"\x1b[{codes}m" for codes in (0, 1, 2, 31, 32, 33, 35, 36)}


@pytest.mark.parametrize("name", CASES)
def test_colour_changes_no_character(name: str):
    assert ANSI.sub("", plain(CASES[name], color=True)) == plain(CASES[name])


@pytest.mark.parametrize("name", CASES)
def test_without_unicode_all_is_ascii(name: str):
    assert plain(CASES[name], unicode=False, verbosity=1).isascii()


def test_colour_ends_on_the_line_where_it_began():
    for line in plain(reports.everything(), color=True).split("\n"):
        open_codes = False
        for codes in ANSI.findall(line):
            open_codes = codes != "\x1b[0m"
        assert not open_codes


def test_no_line_ends_in_spaces():
    for color in (0, 1):
        for line in ANSI.sub("", plain(reports.everything(), color=color, verbosity=1)).split("\n"):
            assert line == line.rstrip()


TEXTS = ("", " ", "\n", "word", "日本 " * 30, "x" * 300, "  " * 200 + "y", reports.HOSTILE_TEXT, "a " * 50)


def any_text(dice: random.Random) -> str:
    """Return a text nobody would think of, every other time."""
    if dice.random() < 0.5:
        return dice.choice(TEXTS)
    last = dice.choice((0x7F, 0x2FFF, 0x10FFFF))
    return "".join(chr(dice.randint(0, last)) for _ in range(dice.randrange(40)))


def any_texts(dice: random.Random) -> tuple[str, ...]:
    return tuple(any_text(dice) for _ in range(dice.randrange(4)))


def any_check(dice: random.Random) -> CheckResult:
    def number() -> int:
        return dice.choice((-5, 0, 1, 2, 3, 10**7))

    excerpt = tuple((number(), any_text(dice)) for _ in range(dice.randrange(20)))
    frames = tuple(Frame(any_text(dice), number(), any_text(dice), any_text(dice)) for _ in range(dice.randrange(10)))
    feedback = Feedback(
        any_text(dice),
        dice.choice((None, any_text(dice))),
        dice.choice((None, any_text(dice))),
        dice.choice((None, Location(any_text(dice), number(), number(), excerpt))),
        frames,
    )
    return CheckResult(
        any_text(dice),
        any_text(dice),
        dice.choice(STATUSES),
        dice.randrange(10**6),
        dice.choice((None, feedback)),
        any_texts(dice),
        dice.choice((None, "crashed", "exited")),
        dice.random() * 1e9,
        any_text(dice),
        any_texts(dice),
        decision=dice.choice((None, Decision("passed", any_text(dice), any_text(dice), reports.DECIDED_AT))),
    )


@pytest.mark.parametrize("seed", range(60))
def test_any_report_can_be_drawn(seed: int):
    dice = random.Random(seed)
    report = reports.report(
        *(any_check(dice) for _ in range(dice.randrange(4))),
        checkpoint_title=any_text(dice),
        submission_path=any_text(dice),
        output=any_text(dice),
        notes=any_texts(dice),
        only=dice.choice((None, any_text(dice))),
        up_next=dice.choice((None, any_text(dice))),
        stopped=Stop("failed", "why") if dice.random() < 0.5 else None,
        isolation=Isolation("partial", any_text(dice)),
    )
    width, unicode = dice.randint(-3, 130), dice.random() < 0.5
    for verbosity, hints in ((-1, False), (0, False), (1, True)):
        text = render(report, Style(width, False, unicode, hints, verbosity))
        assert max(cell_len(line) for line in text.split("\n")) <= max(width, 20)
        assert all(line.isprintable() for line in text.split("\n"))


# The list of checks.


def test_the_header_names_the_checkpoint_and_the_submission():
    assert plain(reports.everything()).splitlines()[0] == "A Dynamic Web App  starter/app.py"


def test_the_header_says_what_happened_to_the_app():
    assert plain(reports.report(cause="timed_out")).splitlines()[1] == "The app took too long."


@pytest.mark.parametrize(("unicode", "marks"), [(True, "✓ ✓ ✗ ○ ✗ ? !"), (False, "+ + x o x ? !")])
def test_each_check_has_its_mark_title_and_points(unicode: bool, marks: str):
    lines = plain(reports.everything(), unicode=unicode).splitlines()[2:9]
    assert [line[0] for line in lines] == marks.split()
    assert [line.split()[-1] for line in lines] == ["1/1", "2/2", "0/4", "0/2", "0/1", "-/4", "-/1"]
    assert {len(line) for line in lines} == {80}
    for line, check in zip(lines, reports.everything().checks, strict=True):
        assert line[2:].startswith(check.title)


def test_a_blocked_check_says_what_it_waits_for():
    assert "a count (after: Each visit counts one more)" in plain(reports.everything())


def test_narrow_titles_wrap_by_words_beside_the_points():
    text = plain(reports.report(reports.CRASHED), width=30)
    assert text.splitlines()[3:7] == [
        "✗ Every after_request      0/1",
        "  hook returns a response",
        "",
        "✗ after_request_returns  Every",
    ]


def test_with_only_the_other_checks_are_not_scored():
    alone = Score(2, 2, 100, 100, True)
    text = plain(reports.report(reports.FIRST, reports.PASSED, only="visit_first", score=alone))
    assert re.search(r"A first visit is number 1 +2/2\n", text)
    assert re.search(r"The page loads +not scored\n", text)
    assert "2 of 2 points for visit_first alone." in text
    assert "Partial: only visit_first was scored" in text
    assert "Next:" not in text


# What needs words.


@pytest.mark.parametrize("width", WIDTHS)
def test_every_check_that_needs_words_has_them(width: int):
    text = joined(plain(reports.everything(), width=width))
    for check in reports.everything().checks:
        if check.status in ("failed", "undecided", "error"):
            assert check.feedback is not None
            assert check.feedback.message in text
            assert f"{check.id} {check.title}" in text or width < len(check.id)
    assert "visit_per_visitor" not in text  # blocked: its turn comes later


def test_a_check_without_feedback_still_gets_a_sentence():
    silent = dataclasses.replace(reports.FAILED, feedback=None)
    assert "  This check did not pass.\n" in plain(reports.report(silent))


def test_the_message_keeps_its_paragraphs_and_quotes_those_that_a_value_may_have_made():
    assert "\n  one\n  │ two\n" in plain(failing(message="one\ntwo\n"))


def test_expected_and_actual_stand_one_above_the_other():
    assert "\n  expected  42\n  actual    1\n" in plain(reports.everything())


def test_lines_of_a_value_stay_below_each_other():
    text = plain(failing(expected="one\ntwo", actual="two"))
    assert "\n  expected  one\n            two\n  actual    two\n" in text


def test_white_space_shows_when_it_is_the_difference():
    text = plain(failing(expected="1", actual="1 "))
    assert '\n  expected  "1"\n  actual    "1·"  (· is a space)\n' in text
    assert '\n  expected  "1"\n  actual    "1 "\n' in plain(failing(expected="1", actual="1 "), unicode=False)


def test_nothing_is_said_of_values_that_are_not_there():
    assert "expected" not in plain(failing(expected=None, actual=None))
    text = plain(failing(expected=None))
    assert "expected" not in text
    assert "\n  actual    1\n" in text


def test_the_place_can_be_clicked_and_its_lines_are_marked():
    text = plain(reports.everything())
    assert "\n  starter/app.py:38\n    36 │     def get(self):\n" in text
    assert "\n  > 38 │         if visits is not None:\n  > 39 │             visits = 1\n    40 │" in text


def test_long_lines_of_code_are_cut():
    line = next(line for line in plain(reports.everything()).splitlines() if line.startswith("    40 │"))
    assert line.endswith("tasks=TASKS,…")
    assert len(line) == 80
    wide = plain(reports.everything(), width=120)
    assert "PAGE, tasks=TASKS, visits=visits))\n" in wide


def test_a_long_excerpt_is_cut_around_the_blamed_line():
    lines = tuple((number, f"line {number}") for number in range(1, 201))
    place = Location("app.py", 150, 150, lines)
    text = plain(failing(location=place))
    assert "> 150 │ line 150\n" in text
    assert text.count("│ line ") == 12
    assert plain(failing(location=place), verbosity=1).count("│ line ") == 200


def test_the_way_there_is_shown_when_there_was_one():
    text = plain(reports.everything())
    assert (
        "\n  starter/app.py:52 in stamp_request_id\n      response.headers[ID] = make()\n"
        "  starter/app.py:12 in make\n      raise KeyError(ID)\n"
    ) in text


def test_one_frame_is_shown_only_in_place_of_a_location():
    frame = (Frame("starter/app.py", 12, "make", "raise KeyError(ID)"),)
    assert "in make" not in plain(failing(traceback=frame))
    assert "starter/app.py:12 in make" in plain(failing(traceback=frame, location=None))


def test_the_middle_of_a_deep_recursion_is_left_out():
    frames = tuple(Frame("app.py", number, "again", "again()") for number in range(1, 901))
    text = plain(failing(traceback=frames))
    assert "… 894 more calls (-v shows all)" in text
    assert [int(line) for line in re.findall(r"app.py:(\d+) in again", text)] == [1, 2, 897, 898, 899, 900]
    assert plain(failing(traceback=frames), verbosity=1).count("in again") == 900


def test_what_the_app_printed_is_shortened_to_its_end():
    loud = dataclasses.replace(reports.FAILED, output="".join(f"print {number}\n" for number in range(1, 41)))
    text = plain(reports.report(loud))
    assert "… 35 more above (-v shows all)" in text
    assert re.findall(r"│ print (\d+)", text) == ["36", "37", "38", "39", "40"]
    assert plain(reports.report(loud), verbosity=1).count("│ print ") == 40


def test_the_first_hint_or_all_of_them():
    text = plain(reports.everything())
    assert "\n  hint: The cookie comes back as text.\n" in text
    assert "int(...)" not in text
    assert text.count("--hints") == 1
    assert "Add --hints to see 2 more hints." in text
    text = plain(reports.everything(), hints=True)
    assert "\n  hint 1 of 3: The cookie comes back as text.\n  hint 2 of 3: int(...) makes" in text
    assert "\n  hint: Flask sends what the hook returns.\n" in text
    assert "--hints" not in text


def test_a_value_without_spaces_begins_beside_its_label():
    text = plain(failing(expected="x" * 100, actual="y"))
    assert "\n  expected  " + "x" * 68 + "\n            " + "x" * 32 + "\n" in text


def test_a_long_label_does_not_push_the_text_into_a_thin_column():
    text = plain(reports.everything(), width=30, hints=1)
    assert "\n  hint 1 of 3: The cookie\n    comes back as text.\n" in text
    assert "\n  hint: Flask sends what the\n        hook returns.\n" in text


def test_what_was_printed_while_loading_shows_only_when_it_may_matter():
    assert "while loading" in plain(reports.everything())
    assert "while loading" not in plain(reports.report(reports.PASSED, output="hello\n"))
    assert "│ hello" in plain(reports.report(reports.PASSED, output="hello\n"), verbosity=1)
    assert "while loading" not in plain(reports.report(reports.FAILED, output="\n"))


def test_notes():
    assert "\nnote: app.run() is called without a guard;" in plain(reports.everything())


def test_a_decision_is_shown_to_those_it_concerns():
    text = plain(reports.report(reports.LET_PASS, reports.TURNED_DOWN))
    assert "\n✓ The header's value comes from g (decided)" in text
    assert "\n✓ header_from_g  The header's value comes from g\n  Decided by Ada: The lock guards the id, which" in text
    assert "\n✗ home_link  The page links to itself\n  Decided by Grace: There is no link at all.\n\n" in text
    assert "undecided" not in text
    assert "could not be run" not in text


def test_the_lines_of_a_reason_are_quoted():
    asked = dataclasses.replace(
        reports.UNDECIDED, decision=Decision("failed", "no\n20 of 20 points. Passed.", "Ada", reports.DECIDED_AT)
    )
    assert "\n  Decided by Ada: no\n  │ 20 of 20 points. Passed.\n" in plain(reports.report(asked))


# The end.


def test_the_end_of_a_passed_report():
    lines = plain(reports.report(reports.PASSED, reports.FIRST)).splitlines()
    assert lines[-4:] == [
        "━" * 20,
        "3 of 3 points. Passed.",
        "Next: User login with Flask-Login",
        "isolation full: namespaces, Landlock, seccomp",
    ]


def test_the_end_of_a_report_that_is_not_passed():
    text = joined(plain(reports.everything()))
    assert "━━━━──────────────── 3 of 15 points (20 %), not passed yet: 3 checks to go" in text
    assert "A person decides the undecided check. Until then its 4 points are neither earned nor lost." in text
    assert "1 check could not be run. That is our fault, not yours, and costs you no points." in text
    assert "Next:" not in text


def test_the_bar_is_full_only_with_all_points():
    nearly = [
        dataclasses.replace(reports.FIRST, max_points=999),
        dataclasses.replace(reports.FAILED, max_points=1),
    ]
    assert "\n" + "#" * 19 + "-\n" in plain(reports.report(*nearly), unicode=False)


def test_isolation_is_one_line():
    assert plain(reports.everything()).endswith("\nisolation none: no fork on this machine\n")
    assert "isolation" not in plain(reports.everything(), verbosity=-1)


def test_quiet_is_the_score_line_alone():
    assert plain(reports.everything(), verbosity=-1) == ("3 of 15 points (20 %), not passed yet: 3 checks to go\n")


def test_verbose_tells_how_the_run_was_made():
    text = plain(reports.everything(), verbosity=1)
    assert re.search(r"The page loads +12 ms  1/1\n", text)
    assert "seed 7, sha256 0123456789ab, 1.2 s\n" in text
    assert "checkpoint 0.1.0, flask 3.1.3, python 3.11.7\n" in text
    assert "seed" not in plain(reports.everything())
