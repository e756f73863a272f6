"""Plain mode: line by line, nothing taken back, usable by ear."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest

from checkpoint.quiz.paper import drawn, slot
from checkpoint.quiz.plain import Plain, read, show
from checkpoint.quiz.question import Option, Question, Quiz
from checkpoint.quiz.sitting import Left, Sitting, Terms
from checkpoint.quiz.words import Piece

ABC = (Option("first", why="too early"), Option("second", right=True), Option("third", right=True))
ONE = Question(1, "one", "Which?", "Because.", options=ABC[:2], see="lesson.md")
MANY = Question(2, "many", "Which of these?", "Because.", options=ABC)
TRUE = Question(3, "true-false", "Is it?", "It is.", options=(Option("True", right=True), Option("False")))
TEXT = Question(4, "text", "What?", "Because.", answers=("yes",))
NUMBER = Question(5, "number", "How many?", "Because.", answers=("4",), within=Decimal("0.5"))
ORDER = Question(6, "order", "In order?", "Because.", items=("p", "q", "r"))
PRINTS = Question(7, "prints", "What does it print?", "Two.", answers=("1\n2",), code="print(1)\nprint(2)")
CARD = Question(8, "recall", "And why?", "For that.", answers=("Therefore.",))


class Clock:
    def __init__(self):
        self.time = 0.0

    def now(self):
        return self.time

    def asleep(self):
        return 0.0


class Typist:
    """Type lines at given times: (seconds after the one before, line); then leave, or go silent."""

    def __init__(self, clock, script, *, terminal=False, unfinished="", silent=False):
        self.clock, self.script, self.terminal = clock, list(script), terminal
        self._unfinished, self._silent = unfinished, silent
        self._due = self.script[0][0] if self.script else 0

    def next(self, timeout):
        if not self.script:
            if not self._silent:
                raise EOFError
            self.clock.time += timeout
            return None
        if timeout is not None and timeout < self._due:
            self.clock.time += timeout
            self._due -= timeout
            return None
        self.clock.time += self._due
        _, line = self.script.pop(0)
        self._due = self.script[0][0] if self.script else 0
        return line

    def unfinished(self):
        text, self._unfinished = self._unfinished, ""
        return text


def play(questions, *lines, seconds=None, terminal=False, unfinished="", silent=False, **terms):
    clock = Clock()
    quiz = Quiz("t", tuple(questions), "0" * 64, seconds, shuffle="none")
    sitting = Sitting(quiz, drawn(quiz, 1), Terms(1, **terms), clock)
    script = [line if isinstance(line, tuple) else (0.0, line) for line in lines]
    typist = Typist(clock, script, terminal=terminal, unfinished=unfinished, silent=silent)
    out, saves = io.StringIO(), []
    player = Plain(sitting, typist, out, clock, lambda: saves.append(sitting.place))
    try:
        player.play()
    except Left as left:
        out.write(f"LEFT: {left}")
    return sitting, out.getvalue(), saves


@pytest.mark.parametrize("question, lines", [
    (ONE, ["b"]), (ONE, ["2"]), (ONE, [" B) "]),
    (MANY, ["b c"]), (MANY, ["c,b"]), (MANY, ["bc"]), (MANY, ["2 3"]),
    (TRUE, ["a"]), (TRUE, ["true"]), (TRUE, ["T"]),
    (TEXT, ["YES"]), (NUMBER, ["4.4"]), (PRINTS, ["1", "2", ""]),
])  # fmt: skip
def test_right_answers_as_people_type_them(question, lines):
    sitting, out, _ = play([question], *lines)
    assert sitting.result().score.earned == 1, out
    assert "Right.\n" in out


def test_order_goes_by_the_letters_shown():
    shown = slot(Quiz("t", (ORDER,), "0", shuffle="none"), ORDER, 1)
    letters = " ".join("abc"[shown.order.index(place)] for place in range(3))
    assert play([ORDER], letters)[0].result().score.earned == 1


@pytest.mark.parametrize("question, line, said", [
    (ONE, "z", "'z' is none of a to b."), (ONE, "3", "'3' is none of a to b."), (ONE, "", "Please type an answer."),
    (ONE, "a b", "One of them is wanted."), (MANY, "b b", "One is named twice."),
    (MANY, "bx", "'x' is none of a to c."),
    (NUMBER, "four", "A number is wanted, such as 3 or 0.5."), (ORDER, "a b", "Each of a to c is wanted once."),
    (TEXT, "   ", "Please type an answer."), (ONE, "²", "'²' is none of a to b."),
])  # fmt: skip
def test_what_is_no_answer_is_asked_again(question, line, said):
    sitting, out, _ = play([question], line, "?")
    assert f"{said} Try again.\n" in out
    assert [one.status for one in sitting.result().answered] == ["unanswered"]


def test_a_whole_page(capsys):
    _, out, _ = play([ONE, MANY], "a", "b c")
    assert out == (
        "Question 1 of 2\n"
        "Which?\n"
        "  a) first\n"
        "  b) second\n"
        "Your answer, a to b (? if you do not know):\n"
        "Not right.\n"
        "You: a) first\n"
        "        too early\n"
        "Right: b) second\n"
        "Why: Because.\n"
        "Read: lesson.md\n"
        "\n"
        "Question 2 of 2\n"
        "Which of these?\n"
        "  a) first\n"
        "  b) second\n"
        "  c) third\n"
        "All that fit, such as a c (? if you do not know):\n"
        "Right.\n"
        "Why: Because.\n"
        "\n"
    )


def test_an_exam_explains_nothing():
    _, out, _ = play([ONE, TEXT], "a", "yes", exam=True)
    assert "Because" not in out
    assert "ight." not in out
    assert out.count("Noted.") == 2


def test_an_exam_does_not_say_how_an_answer_was_when_its_time_is_up():
    question = Question(1, "text", "What?", "Because.", answers=("yes",), seconds=20)
    _, out, _ = play([question, ONE], (30.0, "b"), unfinished="yes", exam=True)
    assert "Time is up for this question.\n" in out
    assert "ight." not in out


def test_a_recall_card_is_revealed_and_rated():
    sitting, out, _ = play([CARD], "", "maybe", "n")
    assert out.index("And why?") < out.index("Answer: Therefore.") < out.index("Please type y or n:")
    assert sitting.result().answered[0].status == "unknown"


def test_the_time_left_is_told_at_60_30_and_10_seconds_once_each():
    _, out, _ = play([TEXT], (75.0, "yes"), seconds=80)
    assert out.count("60 seconds left.") == out.count("30 seconds left.") == out.count("10 seconds left.") == 1
    assert out.index("Time: 1:20 left.") < out.index("60 seconds") < out.index("30 seconds") < out.index("10 seconds")


def test_what_has_been_told_is_not_told_again_for_the_next_question():
    _, out, _ = play([TEXT, ONE], (55.0, "yes"), (1.0, "b"), seconds=80)
    assert out.count("30 seconds left.") == 1
    assert "Time: 0:25 left." in out


def test_a_questions_own_limit_is_told_as_such():
    question = Question(1, "text", "What?", "Because.", answers=("yes",), seconds=20)
    _, out, _ = play([question, ONE], "?", "b", seconds=500)
    assert "Time: 0:20 for this question.\n" in out
    assert "Time: 8:20 left.\n" in out


def test_time_runs_out_while_somebody_types():
    """What stands there without its Enter is handed in; the other question was not reached."""
    sitting, out, _ = play([TEXT, ONE], seconds=30, unfinished="yes", silent=True)
    assert [one.status for one in sitting.result().answered] == ["right", "not_reached"]
    assert "Time is up. What you had is handed in. Right.\n" in out


@pytest.mark.parametrize("unfinished", ["", "?", "zz"])
def test_time_runs_out_with_nothing_that_is_an_answer(unfinished):
    sitting, out, _ = play([ONE], seconds=30, unfinished=unfinished, silent=True)
    assert [one.status for one in sitting.result().answered] == ["unanswered"]
    assert "Time is up. Not answered.\n" in out


def test_time_runs_out_between_the_lines_of_an_answer():
    sitting, _, _ = play([PRINTS], "1", seconds=30, unfinished="2", silent=True)
    assert sitting.result().answered[0].answer == "1\n2"


def test_a_line_that_comes_too_late_answers_nothing_else():
    question = Question(1, "text", "What?", "Because.", answers=("yes",), seconds=20)
    sitting, _, _ = play([question, ONE], (30.0, "b"), (1.0, "b"))
    assert [one.status for one in sitting.result().answered] == ["unanswered", "right"]


@pytest.mark.parametrize("terminal", [True, False])
def test_only_somebody_who_types_is_asked_to_press_enter(terminal):
    lines = ["b", "", "yes", ""] if terminal else ["b", "yes"]
    sitting, out, _ = play([ONE, TEXT], *lines, terminal=terminal)
    assert sitting.result().score.earned == 2
    assert (out.count("Enter for the next question:"), out.count("Enter for the result:")) == (terminal, terminal)


def test_input_that_ends_leaves_the_sitting_saved():
    sitting, out, saves = play([ONE, TEXT], "b")
    assert out.endswith("LEFT: input ended")
    assert sitting.phase == "asking"
    assert saves[-1] == 1


def test_it_is_saved_every_few_seconds():
    _, _, saves = play([TEXT], (100.0, "yes"))
    assert len(saves) >= 10


def test_a_stop_is_told(monkeypatch):
    """As after Ctrl-Z and fg: nothing ran although something was to."""
    clock = Clock()
    quiz = Quiz("t", (TEXT,), "0" * 64, 600)
    sitting = Sitting(quiz, drawn(quiz, 1), Terms(1), clock)

    class Stopped(Typist):
        def next(self, timeout):
            if self.clock.time < 100:
                self.clock.time += timeout + 130
                return None
            return "yes"

    out = io.StringIO()
    Plain(sitting, Stopped(clock, []), out, clock, lambda: None).play()
    assert "The quiz was stopped for 2:10; the clock went on.\n" in out.getvalue()
    assert [one.kind for one in sitting.result().interruptions] == ["stopped"]


def test_nothing_typed_acts_on_a_terminal():
    _, out, _ = play([TEXT], "\x1b[2Jno\u202e")
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_prose_is_wrapped_where_the_width_is_known_and_code_never():
    out = io.StringIO()
    show([Piece("one two three four five", lead="a) "), Piece("x = 1; y = 2; z = 3; print(x)", "code")], out, 20)
    assert out.getvalue() == "a) one two three\n   four five\n    x = 1; y = 2; z = 3; print(x)\n"
    out = io.StringIO()
    show([Piece("word " * 50)], out, None)
    assert out.getvalue().count("\n") == 1


def test_read_keeps_a_typed_text_as_it_is():
    assert read(slot(Quiz("t", (TEXT,), "0"), TEXT, 1), " a  b ") == " a  b "
