"""Answers that are used again: which, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.judge.answers import KEPT, Answer, Answers, Due

if TYPE_CHECKING:
    from checkpoint.judge.answers import Question

HOME: Question = ((("PATH_INFO", "/"),), b"")
OTHER: Question = ((("PATH_INFO", "/other"),), b"")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def answer(text: str) -> Answer:
    return Answer(200, [], text.encode(), {})


def test_a_later_run_gets_what_an_earlier_one_got():
    answers = Answers(2, Clock())
    answers.begin()
    assert answers.recall(HOME) is None
    answers.keep(HOME, answer("one"))
    answers.begin()
    assert answers.recall(HOME) == answer("one")


def test_asking_twice_gives_two_answers():
    answers = Answers(2, Clock())
    for text in ("one", "two"):
        assert answers.recall(HOME) is None
        answers.keep(HOME, answer(text))
    answers.begin()
    assert [answers.recall(HOME) for _ in range(3)] == [answer("one"), answer("two"), None]


def test_an_old_answer_is_asked_for_again():
    clock = Clock()
    answers = Answers(2, clock)
    answers.recall(HOME)
    answers.keep(HOME, answer("old"))
    clock.now = 2.1
    answers.begin()
    assert answers.recall(HOME) is None
    answers.keep(HOME, answer("new"))
    answers.begin()
    assert answers.recall(HOME) == answer("new")


def test_another_app_has_not_given_the_old_ones_answers():
    answers = Answers(2, Clock())
    answers.recall(HOME)
    answers.keep(HOME, answer("old"))
    answers.forget()
    answers.begin()
    assert answers.recall(HOME) is None


def test_no_more_is_kept_than_a_run_may_need():
    answers = Answers(2, Clock())
    for number in range(3 * KEPT):
        question = ((("PATH_INFO", str(number)),), b"")
        answers.recall(question)
        answers.keep(question, answer(str(number)))
    assert len(answers._kept) <= KEPT


def run(answers: Answers, *questions: Question) -> None:
    """Ask and keep what comes, as one run does."""
    answers.begin()
    for question in questions:
        if answers.recall(question) is None:
            answers.keep(question, answer("any"))


def test_what_the_last_two_runs_asked_is_likely_to_be_asked_when_its_answer_is_old():
    clock = Clock()
    answers = Answers(2, clock)
    run(answers, HOME, HOME, OTHER)
    run(answers, HOME, HOME, HOME)
    answers.begin()
    assert answers.likely() == []  # there are answers
    clock.now = 2.1
    assert answers.likely() == [(HOME, 1), (HOME, 2)]
    answers.keep_due(Due(HOME, 1), answer("new"), 2.1)
    assert answers.likely() == [(HOME, 2)]


def test_what_is_missing_is_told_in_the_order_of_the_run():
    answers = Answers(2, Clock())
    run(answers, HOME, HOME)
    answers.begin()
    assert answers.recall(HOME)
    assert answers.missing([HOME, OTHER, HOME, HOME]) == [(OTHER, 1), (HOME, 3), (HOME, 4)]
    assert answers.recall(HOME)  # to have looked is not to have asked


def test_an_answer_is_as_old_as_its_question():
    clock = Clock()
    answers = Answers(2, clock)
    answers.begin()
    assert answers.recall(HOME) is None
    clock.now = 10.0
    answers.keep_due(Due(HOME, 1), answer("late"), 5.0)
    assert answers.last(HOME) is None
    answers.keep_due(Due(HOME, 1), answer("new"), 8.0)
    assert answers.last(HOME) == answer("new")
