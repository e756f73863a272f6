"""Answers that are used again: which, and for how long."""

from __future__ import annotations

from checkpoint.judge.answers import KEPT, Answer, Answers


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def answer(text: str) -> Answer:
    return Answer(200, [], text.encode(), {})


def test_a_later_run_gets_what_an_earlier_one_got():
    answers = Answers(2, Clock())
    answers.begin()
    assert answers.recall("/") is None
    answers.keep("/", answer("one"))
    answers.begin()
    assert answers.recall("/") == answer("one")


def test_asking_twice_gives_two_answers():
    answers = Answers(2, Clock())
    for text in ("one", "two"):
        assert answers.recall("/") is None
        answers.keep("/", answer(text))
    answers.begin()
    assert [answers.recall("/") for _ in range(3)] == [answer("one"), answer("two"), None]


def test_an_old_answer_is_asked_for_again():
    clock = Clock()
    answers = Answers(2, clock)
    answers.recall("/")
    answers.keep("/", answer("old"))
    clock.now = 2.1
    answers.begin()
    assert answers.recall("/") is None
    answers.keep("/", answer("new"))
    answers.begin()
    assert answers.recall("/") == answer("new")


def test_another_app_has_not_given_the_old_ones_answers():
    answers = Answers(2, Clock())
    answers.recall("/")
    answers.keep("/", answer("old"))
    answers.forget()
    answers.begin()
    assert answers.recall("/") is None


def test_no_more_is_kept_than_a_run_may_need():
    answers = Answers(2, Clock())
    for number in range(3 * KEPT):
        answers.recall(number)
        answers.keep(number, answer(str(number)))
    assert len(answers._kept) <= KEPT
