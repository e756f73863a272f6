"""A sitting that was broken off goes on as it was: same questions, same order, same time left."""

from __future__ import annotations

import json

import pytest

from checkpoint.errors import CheckpointError
from checkpoint.quiz.paper import drawn
from checkpoint.quiz.question import Option, Question, Quiz
from checkpoint.quiz.saved import resumed, saved
from checkpoint.quiz.sitting import Remaining, Sitting, Terms

OPTIONS = tuple(Option(text, right=text in "ab") for text in "abcd")
QUIZ = Quiz(
    "t",
    (
        Question(1, "many", "1?", "!", options=OPTIONS),
        Question(2, "text", "2?", "!", answers=("x",)),
        Question(3, "order", "3?", "!", items=("p", "q", "r")),
        Question(4, "one", "4?", "!", options=OPTIONS[1:]),
        Question(5, "recall", "5?", "!", answers=("z",)),
    ),
    "a" * 64,
    seconds=600,
)
ANSWERS = {1: (0, 1), 2: "\u202ewrong", 3: (2, 0, 1), 4: (1,), 5: True}


class Clock:
    def __init__(self):
        self.time = 0.0

    def now(self):
        return self.time

    def asleep(self):
        return 0.0


def through_a_file(sitting):
    return json.loads(json.dumps(saved(sitting)))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sitting(clock):
    return Sitting(QUIZ, drawn(QUIZ, 3), Terms(3, time_scale=2), clock)


@pytest.mark.parametrize("stop", range(6))
def test_broken_off_at_any_question(sitting, clock, stop):
    """Also without a word of farewell, as when the power goes."""
    for _ in range(stop):
        sitting.start()
        clock.time += 7
        sitting.answer(ANSWERS[sitting.slot.question.number])
        sitting.go_on()
    sitting.start()
    clock.time += 3
    if stop < 5:
        sitting.draft(ANSWERS[sitting.slot.question.number])
    document = through_a_file(sitting)
    clock.time += 100_000
    again = resumed(document, QUIZ, clock)
    assert (again.phase, again.paper, again.terms) == (sitting.phase, sitting.paper, sitting.terms)
    assert again.result().answered == tuple(sitting.result().answered)
    if stop < 4:
        assert again.draft_answer == ANSWERS[again.slot.question.number]
        assert again.remaining() == Remaining(1200 - 7 * stop - 3, "quiz")
        again.start()
        clock.time += 10
        again.skip()
        assert again.last.seconds == 13


def test_an_answer_whose_explanation_was_on_the_screen_stands(sitting, clock):
    sitting.start()
    sitting.answer(ANSWERS[sitting.slot.question.number])
    again = resumed(through_a_file(sitting), QUIZ, clock)
    assert (again.phase, again.place) == ("asking", 1)


def test_interruptions_go_along(sitting, clock):
    sitting.interrupted("stopped", 5)
    again = resumed(through_a_file(sitting), QUIZ, clock)
    again.interrupted("resumed", 60)
    assert [one.kind for one in again.result().interruptions] == ["stopped", "resumed"]


def test_questions_that_have_changed_are_not_gone_on_with(sitting, clock):
    document = {**saved(sitting), "quiz": "b" * 64}
    with pytest.raises(CheckpointError, match="the questions have changed since"):
        resumed(document, QUIZ, clock)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"terms": {"seed": 1, "colour": "red"}},
        {"terms": None},
        {"paper": [1, 99]},
        {"paper": 3},
        {"done": [["right", "text for options", 1.0, None]]},
        {"done": [["right", [0, 9], 1.0, None]]},
        {"done": [["splendid", None, 1.0, None]]},
        {"done": [["right", None, "long", None]]},
        {"done": [["right", None, 1.0, "nobody"]]},
        {"done": [["right"]]},
        {"elapsed": None},
        {"draft": {"a": 1}},
        {"draft": True},
        {"interruptions": [1]},
        {"interruptions": [["x", "y", "z"]]},
        {"elapsed": -1e9},
        {"on_question": float("nan")},
        {"paper": [1, 1]},
        {"paper": [-1]},
        {"paper": []},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_told_and_not_asked(sitting, clock, change):
    with pytest.raises(CheckpointError, match="the saved sitting cannot be read") as caught:
        resumed({**saved(sitting), **change}, QUIZ, clock)
    assert caught.value.help == "begin anew: checkpoint quiz"


@pytest.mark.parametrize("unseen, taken", [(2.0, 2.0), (3600.0, 5.0), (-5.0, 0.0)])
def test_a_crash_takes_the_time_that_nobody_saw(sitting, clock, unseen, taken):
    """Else whoever kills the program again and again would have all the time there is."""
    sitting.start()
    clock.time += 7
    again = resumed(through_a_file(sitting), QUIZ, clock, unseen=unseen)
    assert again.remaining() == Remaining(1200 - 7 - taken, "quiz")


def test_a_crash_during_an_explanation_takes_none(sitting, clock):
    sitting.start()
    sitting.skip()
    again = resumed(through_a_file(sitting), QUIZ, clock, unseen=3600.0)
    assert again.remaining() == Remaining(1200, "quiz")
