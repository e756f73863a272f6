"""Play quizzes on a pseudo-terminal, key by key."""

from __future__ import annotations

import os
import re
import signal
import sys
from typing import TYPE_CHECKING, Any

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from .pty_player import DOWN, LEFT, PAGE_DOWN, PAGE_UP, RIGHT, UP, Player

if TYPE_CHECKING:
    from pathlib import Path

ENTER = "\r"


@pytest.mark.parametrize(
    "kind, keys, answer",
    [
        ("one", f"b{ENTER}", [1]),
        ("one", f"{DOWN}{DOWN}{DOWN}{UP}{ENTER}", [1]),
        ("one", f"2{ENTER}", [1]),
        ("one", f"jjk{ENTER}", [0]),
        ("one", f"?{ENTER}", None),
        ("one", f"?b{ENTER}", [1]),
        ("true-false", f"f{ENTER}", [1]),
        ("many", f" {DOWN}{DOWN} {UP} {DOWN} {ENTER}", [0, 1]),
        ("many", f"a3{ENTER}", [0, 2]),
        ("order", f" {DOWN}{DOWN} {ENTER}", [1, 0, 2]),
        ("order", f"\x1b[1;2B{ENTER}", [1, 2, 0]),
        ("order", f" \x1b{DOWN} {DOWN}{ENTER}", [2, 0, 1]),
        ("text", f"Ti\x7fypeEror{LEFT}{LEFT}r{ENTER}", "TypeError"),
        ("text", f"one two\x17three\x01zero {ENTER}", "zero one three"),
        ("text", f"\x1b[200~two\r\nlines\x1b[201~{ENTER}", "two lines"),
        ("text", f"na\u00efve \u65e5\u672c{ENTER}", "na\u00efve \u65e5\u672c"),
        ("number", f"4o4{ENTER}\x7f\x7f04{ENTER}", "404"),
        ("prints", f"1{ENTER}2{ENTER}{ENTER}", "1\n2"),
        ("text", ENTER * 2, None),
        ("recall", f"{ENTER}y", True),
        ("recall", f"{ENTER}{ENTER}n", False),
    ],
)
def test_a_question_is_answered_by_keys(tmp_path: Path, kind: str, keys: str, answer: Any) -> None:
    with Player(tmp_path, kind, seconds=300) as player:
        player.see(r"5:00|4:5\d|Enter: show")
        player.press(keys)
        if kind != "recall":
            player.see("Enter: result")
            player.press(ENTER)
        assert player.end()["answers"] == [answer]


@pytest.mark.parametrize(
    "kind, said",
    [
        ("one", "Choose one first"),
        ("many", "Tick all that fit first"),
        ("order", "Nothing is moved yet"),
        ("text", "Nothing is typed"),
    ],
)
def test_enter_alone_answers_nothing(tmp_path: Path, kind: str, said: str) -> None:
    with Player(tmp_path, kind) as player:
        player.see("Ctrl-C: leave")
        player.play(ENTER, said)


def test_what_is_no_number_is_not_handed_in(tmp_path: Path) -> None:
    with Player(tmp_path, "number") as player:
        player.see("Enter twice")
        player.play(f"four{ENTER}", "A number is wanted")


def test_keys_in_one_burst_reach_one_question_after_the_other(tmp_path: Path) -> None:
    with Player(tmp_path, "one", "true-false", "text", seconds=300) as player:
        player.see("Question 1 of 3")
        player.press(f"b{ENTER}{ENTER}a{ENTER} TypeError{ENTER}{RIGHT}")
        assert player.end()["statuses"] == ["right", "right", "right"]


def test_after_an_answer_each_option_is_marked_and_explained(tmp_path: Path) -> None:
    with Player(tmp_path, "one", seconds=300) as player:
        player.see(r"5:00|4:5\d")
        shown = player.play(f"a{ENTER}", "Enter: result  the clock stands")
        assert (
            "✗ a) {{ for }}\n     Only expressions.\n✓ b) {% for %}\n  c) @for\n\nNot right.\nWhy: Statements" in shown
        )
        player.ahead(1000)
        player.press(ENTER)
        assert player.end()["statuses"] == ["wrong"]


def test_after_an_order_each_place_is_marked(tmp_path: Path) -> None:
    with Player(tmp_path, "order") as player:
        player.see("Space: pick up")
        shown = player.play(f" {DOWN}{ENTER}", "Enter: result")
        assert "✓ a) after" not in shown
        assert "✗ b) view" in shown
        assert "Not right.\nRight: 1. before\n       2. view\n       3. after\nWhy" in shown


def test_an_exam_explains_nothing_before_its_end(tmp_path: Path) -> None:
    with Player(tmp_path, "one", "text", exam=True) as player:
        player.see("Question 1")
        shown = player.play(f"a{ENTER}", "Question 2")
        assert "Noted." in shown
        assert "right" not in shown
        assert "Why" not in shown


def test_a_recall_card_is_turned_over_before_it_is_rated(tmp_path: Path) -> None:
    with Player(tmp_path, "recall") as player:
        assert "One request." not in player.see("Enter: show the answer")
        player.press("y")
        player.play(ENTER, "Answer: One request.(.*\n)+.*Did you know it")


def test_time_out_while_choosing_takes_no_highlight_for_an_answer(tmp_path: Path) -> None:
    with Player(tmp_path, "one", "text", seconds=300) as player:
        player.see(r"5:00|4:5\d")
        player.play("b", "> b")
        player.ahead(301)
        player.see("Time is up")
        result = player.end()
    assert result["answers"] == [None]
    assert not result["left"]


def test_time_out_hands_in_what_is_ticked(tmp_path: Path) -> None:
    with Player(tmp_path, "many", seconds=300) as player:
        player.see(r"5:00|4:5\d")
        player.play(f" {DOWN} ", r"\[x\] b")
        player.ahead(301)
        assert player.end()["answers"] == [[0, 1]]


def test_what_is_unticked_again_is_no_answer(tmp_path: Path) -> None:
    with Player(tmp_path, "many", seconds=300) as player:
        player.see(r"5:00|4:5\d")
        player.play("a", r"\[x\]")
        player.play("a", r"\[ \] a")
        player.ahead(301)
        assert player.end()["statuses"] == ["unanswered"]


def test_time_out_while_typing_hands_in_the_text_and_drops_what_is_typed_on(tmp_path: Path) -> None:
    with Player(tmp_path, "short", "text", seconds=300) as player:
        player.see(r"0:(20|1\d) .*for this question")
        player.play("x y", "> x y")
        player.ahead(21)
        player.see("Time is up for this question")
        player.press(f" z{ENTER}")  # meant for the question that is over
        player.see(lambda: player.press(RIGHT) or "Question 2" in player.text)
        assert ">" in player.lines
        player.play(f"TypeError{ENTER}", "Enter: result")
        player.press(ENTER)
        result = player.end()
    assert result["answers"] == ["x y", "TypeError"]


@pytest.mark.parametrize("kind, keys, shown", [("prints", f"1\r2\r3{UP}{UP}", "> 3"), ("one", "b", "> b")])
def test_nothing_but_the_clock_is_written_while_nothing_happens(
    tmp_path: Path, kind: str, keys: str, shown: str
) -> None:
    with Player(tmp_path, kind, color=True, seconds=300) as player:
        player.see(r"5:00|4:5\d")
        player.play(keys, shown)
        typing = player.cursor
        player.ahead(291)
        player.see(r"0:0\d!!")
        written, clock = len(player.written), player.status[:5]
        player.see(lambda: player.status[:5] != clock)
        assert 0 < len(player.written) - written < 20
        assert kind == "one" or player.cursor == typing


def test_little_time_is_said_by_colour_and_by_a_sign(tmp_path: Path) -> None:
    with Player(tmp_path, "one", color=True, seconds=300) as player:
        player.see(r"(5:00|4:5\d)  ")
        player.ahead(241)
        player.see(r"0:5\d! ")
        assert player.color("0:5") == "brown"
        player.ahead(291)
        player.see(r"0:0\d!!")
        assert player.color("0:0") == "red"


def test_without_colour_none_is_written(tmp_path: Path) -> None:
    with Player(tmp_path, "one", "text", seconds=300) as player:
        player.see(r"5:00|4:5\d")
        player.play(f"a{ENTER}{ENTER}ab", "> ab")
    assert not re.search(rb"\x1b\[[\d;]+m", player.written)


def test_in_ascii_nothing_else_is_written(tmp_path: Path) -> None:
    with Player(tmp_path, "long", "text", ascii=True, size=(40, 8)) as player:
        player.see("v arrows or a-e: choose")
        player.play(f"a{ENTER}{ENTER}\u00e4b", r"> \?b")
        player.play(f"{ENTER}{ENTER}", "the end")
    assert player.written.isascii()


@pytest.mark.parametrize("size", [(50, 20), (80, 8), (20, 5)])
def test_every_option_can_be_reached_at_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    with Player(tmp_path, "long", "text", seconds=300, size=size) as player:
        player.see(r"5:00|4:5\d")
        assert player.lines[0] == "Question 1 of 2"
        for name in ("one", "two", "three", "four", "five"):
            player.play(DOWN, f"> .\\) option {name}")
        player.play(ENTER, "^(.*\n)*Right")
        player.play(ENTER, "Question 2 of 2")
        assert len([line for line in player.transcript.splitlines() if re.match("[ ✓] .\\) option", line)]) == 5


def test_an_explanation_that_does_not_fit_begins_with_right_or_wrong(tmp_path: Path) -> None:
    with Player(tmp_path, "long", size=(20, 6)) as player:
        player.see("▼")
        player.play(f"a{ENTER}", "Not right")
        assert player.lines[0] == "Not right."


def test_what_does_not_fit_can_be_paged(tmp_path: Path) -> None:
    with Player(tmp_path, "long", seconds=300, size=(40, 8)) as player:
        player.see("▼")
        player.see(lambda: player.press(PAGE_DOWN) or ("▲" in player.text and "▼" not in player.text))
        assert player.lines[-2].endswith("each of them")
        player.see(lambda: player.press(PAGE_UP) or "Question 1" in player.text)
        player.play("\x1b[F", "each of them\n.*▲ ")
        player.play("\x1b[H", "Question 1")


def test_a_window_that_changes_its_size_is_drawn_anew(tmp_path: Path) -> None:
    with Player(tmp_path, "one", "long", seconds=300) as player:
        player.see(r"5:00|4:5\d")
        player.play(f"b{ENTER}{ENTER}e", "> e")
        player.resize(50, 20)
        shown = player.see("Question 2(.*\n)+.*Enter: answer e")
        assert shown.count("Question 2") == 1
        player.resize(80, 8)
        player.see("> e")
        player.play(f"{ENTER}", "Right")
        player.resize(100, 30)
        shown = player.see("Right(.*\n)+Question 2(.*\n)+.*Right(.*\n)+.*Enter: result")
        assert shown.count("Question 2") == 1


@pytest.mark.parametrize("how", ["\x03", "\x04", signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whoever_leaves_gets_the_terminal_back_and_nothing_is_lost(tmp_path: Path, how: str | signal.Signals) -> None:
    with Player(tmp_path, "text", seconds=300) as player:
        player.play("half", "> half")
        assert player.settings_now() != player.settings
        if isinstance(how, str):
            player.press(how)
        else:
            os.kill(player.pid, how)
        result = player.end()
        assert player.settings_now() == player.settings
        assert "\nleft" in player.text
        assert player.written.count(b"\x1b[?2004h") == player.written.count(b"\x1b[?2004l")
        assert player.written.rfind(b"\x1b[?25h") > player.written.rfind(b"\x1b[?25l")
    assert result["left"]
    assert result["saved"][-1] == "half"


def test_an_error_of_ours_gives_the_terminal_back(tmp_path: Path) -> None:
    with Player(tmp_path, "one", fail=True) as player:
        player.see("a-c: choose")
        player.play("b", "> b")
        player.play(ENTER, "ZeroDivisionError")
        player.wait()
        assert player.settings_now() == player.settings
        assert player.written.rfind(b"\x1b[?25h") > player.written.rfind(b"\x1b[?25l")


def test_what_is_typed_is_saved_every_ten_seconds(tmp_path: Path) -> None:
    with Player(tmp_path, "text", seconds=300) as player:
        player.play("half", "> half")
        player.ahead(11)
        player.see(r"4:4\d")
        player.press("\x03")
        assert player.end()["saved"] == [None, "half", "half"]  # shown, every ten seconds, left


def test_a_terminal_that_is_closed_is_left(tmp_path: Path) -> None:
    with Player(tmp_path, "text", seconds=300) as player:
        player.play("half", "> half")
        player.hang_up()
        assert player.end()["saved"][-1] == "half"


@pytest.mark.parametrize(
    "kind, draft, shown",
    [("many", [1], r"\[x\] b"), ("order", [1, 2, 0], "view(.*\n)+.*after(.*\n)+.*before"), ("text", "Ty", "> Ty")],
)
def test_what_was_there_before_is_shown_again(tmp_path: Path, kind: str, draft: Any, shown: str) -> None:
    with Player(tmp_path, kind, draft=draft) as player:
        player.see(shown)
        player.play(ENTER, "Enter: result")
        player.press(ENTER)
        assert player.end()["answers"] == [draft]


def test_ctrl_z_gives_the_terminal_back_until_fg(tmp_path: Path) -> None:
    with Player(
        tmp_path, "text", seconds=300, shell='"$@"; echo "stopped"; read line; fg; echo "shell: $line"'
    ) as player:
        player.see(r"5:00|4:5\d")
        player.play("Ty", "> Ty")
        player.play("\x1a", "\nstopped")
        assert player.settings_now()[3] == player.settings[3]
        player.ahead(65)
        player.play("word\n", "The quiz was stopped for 1:0[5-9]; the clock went on")
        assert player.text.partition("\nstopped")[2].count("What is raised?") == 1
        player.see("3:5")
        player.play(f"peError{ENTER}", "Enter: result")
        player.press(ENTER)
        player.see("shell: word")
        result = player.end()
    assert result["answers"] == ["TypeError"]
    assert [kind for kind, _ in result["interruptions"]] == ["stopped"]


def test_what_is_stopped_from_outside_goes_on(tmp_path: Path) -> None:
    with Player(tmp_path, "text", seconds=300) as player:
        player.play("Ty", "> Ty")
        os.kill(player.pid, signal.SIGSTOP)
        os.waitpid(player.pid, os.WUNTRACED)
        player.ahead(20)
        player.restore_settings()  # as a shell does
        os.kill(player.pid, signal.SIGCONT)
        player.see("The quiz was stopped for 0:2")
        assert player.settings_now() != player.settings
        player.play("pe", "> Type")


def test_time_that_ran_out_during_a_sleep_is_told_with_it(tmp_path: Path) -> None:
    with Player(tmp_path, "short", seconds=300) as player:
        player.play("x", "> x")
        player.ahead(3600, slept=3600)
        player.see("The computer slept for 1:00:00; the clock went on.\nTime is up for this question. .* Right")


def test_sleep_is_told_and_time_has_gone_on(tmp_path: Path) -> None:
    with Player(tmp_path, "one", seconds=300) as player:
        player.see(r"5:00|4:5\d")
        player.ahead(60, slept=60)
        player.see("The computer slept for 1:00; the clock went on")
        player.see("3:5")
        player.play(f"b{ENTER}", "The computer slept for 1:00(.*\n)+.*Right")


def test_a_long_text_scrolls_under_the_cursor(tmp_path: Path) -> None:
    with Player(tmp_path, "text", size=(20, 5)) as player:
        player.see(">")
        player.play("abcdefghijklmnopqrstuvwxyz", "< .*xyz")
        player.play("\x01", "> abcdefg")
        player.play(f"\x05{ENTER}", "Not")
        player.press(ENTER)
        assert player.end()["answers"] == ["abcdefghijklmnopqrstuvwxyz"]


def test_nothing_that_is_typed_acts_on_the_terminal(tmp_path: Path) -> None:
    with Player(tmp_path, "text") as player:
        player.see("Enter twice")
        player.play("\x1b[200~a\x1b]0;title\x07\x9b31m\u202eb\x1b[201~\x1b\x1bc", r"> a\]0;title31mbc")
